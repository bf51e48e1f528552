import type { TerminalEntry } from '@/lib/machine/terminal-list';
import { psqlAs, shellAs, type TerminalProgram } from '@/lib/machine/terminal-programs';

/** What somebody may open a terminal for. */
export type ProgramKind = 'psql' | 'shell' | 'root-shell';

interface Known {
  /** Stands second in the names of such terminals, so that whoever finds one knows what it is. */
  readonly letter: string;
  readonly label: string;
  readonly program: TerminalProgram;
}

const KNOWN: Readonly<Record<ProgramKind, Known>> = {
  psql: { letter: 'p', label: 'psql', program: psqlAs('owner') },
  shell: { letter: 's', label: 'Shell', program: shellAs('postgres') },
  'root-shell': { letter: 'r', label: 'Root shell', program: shellAs('root') },
};

/** All names of ours begin with it; those of editors, as the owner sees them, do not (lib/machine/terminal-policy.ts). */
const OURS = 't';
const RANDOM_CHARACTERS = 12;

/** A name no terminal of the machine has: by chance, since other pages name theirs at the same time. */
export function newTerminalName(kind: ProgramKind): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARACTERS));
  const random = Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
  return OURS + KNOWN[kind].letter + random;
}

/** What a terminal is called on the page: by its name, else by the program that runs in it. */
export function labelOf({
  terminal,
  command,
}: Pick<TerminalEntry, 'terminal' | 'command'>): string {
  return knownOf(terminal)?.label ?? command;
}

/** What starts anew where a terminal has gone. Attaching to one that is there, nobody looks at it (rule T1). */
export function programOf(terminal: string): TerminalProgram {
  return (knownOf(terminal) ?? KNOWN.psql).program;
}

function knownOf(terminal: string): Known | undefined {
  if (!terminal.startsWith(OURS)) return undefined;
  return Object.values(KNOWN).find(({ letter }) => terminal[OURS.length] === letter);
}
