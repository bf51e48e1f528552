/** What a program said, as much of it as a page can show. */
export interface ProgramOutput {
  /** Whole lines; the oldest go when there are too many. */
  readonly lines: readonly string[];
  readonly droppedLines: number;
  /** Lines that tell of an error, also those that were dropped. */
  readonly errors: number;
  /** Kept even when its line was dropped: most of the others follow from it. */
  readonly firstError: string | undefined;
  /** The line that is not whole yet. */
  readonly rest: string;
}

export const NO_OUTPUT: ProgramOutput = {
  lines: [],
  droppedLines: 0,
  errors: 0,
  firstError: undefined,
  rest: '',
};

const MAX_LINES = 500;
/** A line without end is cut here and goes on as the next. */
const MAX_LINE_CHARACTERS = 2_000;

/** Of psql with and without a file, and of pg_restore and pg_dump. */
const ERROR =
  /^(psql:[^\n]*:\d+: )?(ERROR|FATAL|PANIC|error): |^(psql|pg_restore|pg_dump): (error|fatal): /;

export function withOutput(output: ProgramOutput, text: string): ProgramOutput {
  const [first = '', ...others] = text.split('\n');
  const all = [output.rest + first, ...others].flatMap(cutLine);
  const rest = all.pop() ?? '';
  const errors = all.filter((line) => ERROR.test(line));
  const lines = [...output.lines, ...all];
  return {
    lines: lines.slice(-MAX_LINES),
    droppedLines: output.droppedLines + Math.max(0, lines.length - MAX_LINES),
    errors: output.errors + errors.length,
    firstError: output.firstError ?? errors[0],
    rest,
  };
}

/** The last line may have no end. */
export function ended(output: ProgramOutput): ProgramOutput {
  return output.rest === '' ? output : withOutput(output, '\n');
}

function cutLine(line: string): string[] {
  if (line.length <= MAX_LINE_CHARACTERS) return [line];
  const parts: string[] = [];
  for (let at = 0; at < line.length; at += MAX_LINE_CHARACTERS) {
    parts.push(line.slice(at, at + MAX_LINE_CHARACTERS));
  }
  return parts;
}
