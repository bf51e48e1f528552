/** The first errors are shown; of the others the number. */
const SHOWN_ERRORS = 20;
const LINE_LENGTH = 500;

/** What the image brings along, so that a dump cannot make it again. */
const EXPECTED = /role "(postgres|owner|editor|viewer)" already exists/;
/** E.g. `psql:<stdin>:14: ERROR:  relation "a" does not exist`. */
const ERROR = /^psql:(?:<stdin>:\d+:)? (?:ERROR|FATAL|PANIC|error): /;

/** Counts the statements that failed in what psql says on stderr, cut anywhere. */
export class RestoreErrors {
  readonly first: string[] = [];
  count = 0;
  private pending = '';

  add(text: string): void {
    const lines = (this.pending + text).split('\n');
    // Only a line's beginning is of interest, however long it is.
    this.pending = (lines.pop() ?? '').slice(0, LINE_LENGTH);
    for (const line of lines) this.read(line);
  }

  /** Nothing more comes. */
  end(): void {
    this.read(this.pending);
    this.pending = '';
  }

  private read(line: string): void {
    if (!ERROR.test(line) || EXPECTED.test(line)) return;
    this.count++;
    if (this.first.length < SHOWN_ERRORS) this.first.push(line.slice(0, LINE_LENGTH));
  }
}
