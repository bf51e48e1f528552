/** How bad a line is. */
export type LogLevel = 'plain' | 'warning' | 'error';

export interface LogLine {
  /** Counts up from the first line that was read; never used again. */
  readonly number: number;
  readonly text: string;
  readonly level: LogLevel;
}

/** What a page can hold of a log, and what anybody scrolls through. */
export const MAX_LINES = 5_000;
/** A statement of megabytes is one line in the log. */
export const MAX_LINE_LENGTH = 8_000;

/** As PostgreSQL writes them, whatever log_line_prefix stands before. */
const SEVERITY =
  /(?:^|[^A-Z])(DEBUG[1-5]?|INFO|NOTICE|LOG|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION): {2}/;
/** Of a long line the prefix alone is searched. */
const PREFIX_LENGTH = 500;

/** How bad a line is. One that only continues the line before it is as bad as that. */
export function levelOf(text: string, before: LogLevel): LogLevel {
  if (text.startsWith('\t')) return before;
  switch (SEVERITY.exec(text.slice(0, PREFIX_LENGTH))?.[1]) {
    case 'ERROR':
    case 'FATAL':
    case 'PANIC':
      return 'error';
    case 'WARNING':
      return 'warning';
    case 'DETAIL':
    case 'HINT':
    case 'CONTEXT':
    case 'STATEMENT':
    case 'QUERY':
    case 'LOCATION':
      return before;
    default:
      return 'plain';
  }
}

/** The newest lines of a log that is read in pieces cut anywhere. */
export class LogLines {
  private decoder = new TextDecoder();
  private pending = '';
  private count = 0;
  private level: LogLevel = 'plain';
  private held: readonly LogLine[] = [];

  get lines(): readonly LogLine[] {
    return this.held;
  }

  /** @returns true when there are new lines */
  add(chunk: Uint8Array): boolean {
    const texts = (this.pending + this.decoder.decode(chunk, { stream: true })).split('\n');
    this.pending = (texts.pop() ?? '').slice(0, MAX_LINE_LENGTH);
    if (texts.length === 0) return false;
    const added = texts.slice(-MAX_LINES).map((text) => this.line(text));
    this.held = [...this.held, ...added].slice(-MAX_LINES);
    return true;
  }

  clear(): void {
    this.held = [];
  }

  /** Another file begins: what was under way is given up. */
  begin(): void {
    this.decoder = new TextDecoder();
    this.pending = '';
    this.level = 'plain';
  }

  private line(text: string): LogLine {
    this.level = levelOf(text, this.level);
    const isLong = text.length > MAX_LINE_LENGTH;
    return {
      number: this.count++,
      text: isLong ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text,
      level: this.level,
    };
  }
}

export interface LogFilter {
  /** Everything, warnings and worse, or errors alone. */
  readonly least: LogLevel;
  /** Has to be in the line, in whatever case. */
  readonly text: string;
}

const RANKS: Readonly<Record<LogLevel, number>> = { plain: 0, warning: 1, error: 2 };

export function filterLines(
  lines: readonly LogLine[],
  { least, text }: LogFilter,
): readonly LogLine[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && least === 'plain') return lines;
  return lines.filter(
    (line) => RANKS[line.level] >= RANKS[least] && line.text.toLowerCase().includes(wanted),
  );
}
