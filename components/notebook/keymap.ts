/**
 * Every command of the notebook, with its keys: what the keyboard does, what the help sheet lists and what the command
 * palette offers are read from here.
 */

/** Where a key counts: in a cell's editor, on a cell that is chosen (Jupyter's command mode), or anywhere on the page. */
export type KeyPlace = 'editor' | 'cell' | 'page';

export type CommandGroup = 'Run' | 'Move about' | 'Cells' | 'Text' | 'Notebook';

export interface Command {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /** `Mod` is Ctrl, or Cmd on a Mac; keys with a space between them are pressed one after the other. */
  readonly keys: Readonly<Partial<Record<KeyPlace, readonly string[]>>>;
  /** Changes the notebook: not for viewers. */
  readonly edits: boolean;
  /** Not offered in the palette, where it would make no sense. */
  readonly keyOnly?: boolean;
}

export type CommandId = (typeof COMMAND_IDS)[number];

const COMMAND_IDS = [
  'run',
  'run-next',
  'run-insert',
  'run-statement',
  'run-above',
  'run-all',
  'stop',
  'leave-editor',
  'edit',
  'select-above',
  'select-below',
  'add-sql-above',
  'add-sql-below',
  'add-text-below',
  'add-input-below',
  'delete',
  'duplicate',
  'move-up',
  'move-down',
  'split',
  'merge',
  'to-sql',
  'to-text',
  'to-input',
  'format',
  'undo',
  'redo',
  'palette',
  'help',
] as const;

export const COMMANDS: readonly Command[] = [
  {
    id: 'run',
    title: 'Run the cell, or what is selected in it',
    group: 'Run',
    keys: { editor: ['Mod+Enter'], cell: ['Mod+Enter'] },
    edits: false,
  },
  {
    id: 'run-next',
    title: 'Run the cell and go to the next one',
    group: 'Run',
    keys: { editor: ['Shift+Enter'], cell: ['Shift+Enter'] },
    edits: false,
  },
  {
    id: 'run-insert',
    title: 'Run the cell and insert one below',
    group: 'Run',
    keys: { editor: ['Alt+Enter'], cell: ['Alt+Enter'] },
    edits: true,
  },
  {
    id: 'run-statement',
    title: 'Run the statement at the cursor',
    group: 'Run',
    keys: { editor: ['Mod+Shift+Enter'] },
    edits: false,
  },
  {
    id: 'run-above',
    title: 'Run all cells above',
    group: 'Run',
    keys: {},
    edits: false,
  },
  { id: 'run-all', title: 'Run all cells', group: 'Run', keys: {}, edits: false },
  {
    id: 'stop',
    title: 'Stop what runs, and what waits',
    group: 'Run',
    keys: { cell: ['i i'] },
    edits: false,
  },
  {
    id: 'leave-editor',
    title: 'Leave the editor, to the cell',
    group: 'Move about',
    keys: { editor: ['Escape'] },
    edits: false,
    keyOnly: true,
  },
  {
    id: 'edit',
    title: 'Write in the cell',
    group: 'Move about',
    keys: { cell: ['Enter'] },
    edits: false,
  },
  {
    id: 'select-above',
    title: 'Go to the cell above',
    group: 'Move about',
    keys: { cell: ['k', 'ArrowUp'] },
    edits: false,
    keyOnly: true,
  },
  {
    id: 'select-below',
    title: 'Go to the cell below',
    group: 'Move about',
    keys: { cell: ['j', 'ArrowDown'] },
    edits: false,
    keyOnly: true,
  },
  {
    id: 'add-sql-above',
    title: 'Add an SQL cell above',
    group: 'Cells',
    keys: { cell: ['a'] },
    edits: true,
  },
  {
    id: 'add-sql-below',
    title: 'Add an SQL cell below',
    group: 'Cells',
    keys: { cell: ['b'] },
    edits: true,
  },
  { id: 'add-text-below', title: 'Add a text cell below', group: 'Cells', keys: {}, edits: true },
  {
    id: 'add-input-below',
    title: 'Add an input cell below',
    group: 'Cells',
    keys: {},
    edits: true,
  },
  {
    id: 'delete',
    title: 'Delete the cell',
    group: 'Cells',
    keys: { cell: ['d d'] },
    edits: true,
  },
  { id: 'duplicate', title: 'Duplicate the cell', group: 'Cells', keys: {}, edits: true },
  {
    id: 'move-up',
    title: 'Move the cell up',
    group: 'Cells',
    keys: { cell: ['Shift+K', 'Alt+ArrowUp'] },
    edits: true,
  },
  {
    id: 'move-down',
    title: 'Move the cell down',
    group: 'Cells',
    keys: { cell: ['Shift+J', 'Alt+ArrowDown'] },
    edits: true,
  },
  { id: 'split', title: 'Split the cell at the cursor', group: 'Cells', keys: {}, edits: true },
  {
    id: 'merge',
    title: 'Merge the cell with the next one',
    group: 'Cells',
    keys: { cell: ['Shift+M'] },
    edits: true,
  },
  {
    id: 'to-text',
    title: 'Make it a text cell',
    group: 'Cells',
    keys: { cell: ['m'] },
    edits: true,
  },
  {
    id: 'to-sql',
    title: 'Make it an SQL cell',
    group: 'Cells',
    keys: { cell: ['y'] },
    edits: true,
  },
  { id: 'to-input', title: 'Make it an input cell', group: 'Cells', keys: {}, edits: true },
  { id: 'format', title: 'Format the SQL', group: 'Text', keys: {}, edits: true },
  {
    id: 'undo',
    title: 'Undo your last change',
    group: 'Text',
    keys: { editor: ['Mod+z'], cell: ['z', 'Mod+z'] },
    edits: true,
  },
  {
    id: 'redo',
    title: 'Redo it',
    group: 'Text',
    keys: { editor: ['Mod+Shift+Z', 'Mod+y'], cell: ['Shift+Z', 'Mod+Shift+Z', 'Mod+y'] },
    edits: true,
  },
  {
    id: 'palette',
    title: 'Open the command palette',
    group: 'Notebook',
    keys: { page: ['Mod+k', 'Mod+Shift+P'] },
    edits: false,
    keyOnly: true,
  },
  {
    id: 'help',
    title: 'Show the keyboard shortcuts',
    group: 'Notebook',
    keys: { cell: ['?', 'h'] },
    edits: false,
  },
];

/** The commands under their headings, in the order in which a reader meets them. */
export function commandsByGroup(
  commands: readonly Command[],
): readonly (readonly [CommandGroup, readonly Command[]])[] {
  const groups = new Map<CommandGroup, Command[]>();
  for (const command of commands) {
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups];
}
