/** What a full-screen program may have left set: its other screen, mouse reports, pastes in brackets, a hidden cursor. */
export const RESTORE_MODES =
  '\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[!p';

const DIM = '\x1b[2m';
const PLAIN = '\x1b[0m';
/** Exit codes above it tell of a signal. */
const SIGNAL_BASE = 128;

/** The last line of a terminal. */
export function endText(label: string, exitCode: number): string {
  return `\r\n${DIM}[${howEnded(label, exitCode)} Press Enter to close.]${PLAIN}`;
}

/** E.g. `psql has ended with exit code 0.` */
export function howEnded(label: string, exitCode: number): string {
  return exitCode > SIGNAL_BASE
    ? `${label} was ended by signal ${exitCode - SIGNAL_BASE}.`
    : `${label} has ended with exit code ${exitCode}.`;
}
