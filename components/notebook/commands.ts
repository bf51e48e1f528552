import type { NotebookCell } from '@/lib/notebook/types';
import type { CommandId } from './keymap';
import type { NotebookActions } from './notebook-actions';

/** Without a cell there is nothing to do, but for what adds one. */
type Perform = (actions: NotebookActions, cell: NotebookCell | undefined) => void;
type PerformOn = (actions: NotebookActions, cell: NotebookCell) => void;

const on =
  (perform: PerformOn): Perform =>
  (actions, cell) => {
    if (cell) perform(actions, cell);
  };

/** What each command of the keymap does. */
export const PERFORM: Readonly<Record<CommandId, Perform>> = {
  run: on((actions, cell) => actions.runs.run(cell)),
  'run-next': on((actions, cell) => {
    actions.runs.run(cell);
    const next = actions.neighbour(cell, 1);
    if (next) actions.places.focus(next.id, 'frame');
    else actions.addBelow('sql', cell);
  }),
  'run-insert': on((actions, cell) => {
    actions.runs.run(cell);
    actions.addBelow('sql', cell);
  }),
  'run-statement': on((actions, cell) => actions.runs.runStatement(cell)),
  'run-above': on((actions, cell) => {
    const until = actions.cells.findIndex(({ id }) => id === cell.id);
    actions.runs.runAll(actions.cells.slice(0, until));
  }),
  'run-all': (actions) => actions.runs.runAll(actions.cells),
  stop: (actions) => actions.session.desk.stop(),
  'leave-editor': on((actions, { id }) => actions.places.leaveEditor(id)),
  edit: on((actions, { id }) => actions.places.focus(id, 'editor')),
  'select-above': on((actions, cell) => select(actions, actions.neighbour(cell, -1))),
  'select-below': on((actions, cell) => select(actions, actions.neighbour(cell, 1))),
  'add-sql-above': (actions, cell) => {
    const added = actions.add('sql', cell ? { before: cell.id } : 'end');
    if (added) actions.places.focus(added, 'frame');
  },
  'add-sql-below': (actions, cell) => {
    const added = actions.add('sql', cell ? { after: cell.id } : 'end');
    if (added) actions.places.focus(added, 'frame');
  },
  'add-text-below': (actions, cell) => actions.addBelow('text', cell),
  'add-input-below': (actions, cell) => actions.addBelow('input', cell),
  delete: on((actions, { id }) => actions.delete(id)),
  duplicate: on((actions, cell) => actions.duplicate(cell)),
  'move-up': on((actions, { id }) => actions.move(id, 'up')),
  'move-down': on((actions, { id }) => actions.move(id, 'down')),
  split: on((actions, cell) => actions.split(cell)),
  merge: on((actions, cell) => actions.merge(cell)),
  'to-sql': on((actions, cell) => actions.change(cell, 'sql')),
  'to-text': on((actions, cell) => actions.change(cell, 'text')),
  'to-input': on((actions, cell) => actions.change(cell, 'input')),
  format: on((actions, cell) => void actions.format(cell)),
  undo: (actions) => actions.undo(),
  redo: (actions) => actions.redo(),
  palette: (actions) => actions.overlay.set('palette'),
  help: (actions) => actions.overlay.set('help'),
};

function select(actions: NotebookActions, cell: NotebookCell | undefined): void {
  if (cell) actions.places.focus(cell.id, 'frame');
}
