import type { NewCell } from './cells';
import { trimLines } from './file-marks';

/** A fence as CommonMark has it: indented by at most three spaces; the language is its first word. */
const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+-]*)([^`]*)$/;
const SQL = /^(sql|postgres|postgresql|pgsql|psql|plpgsql)$/i;

/** The cells of Markdown that is not ours: what is fenced as SQL, and the prose between. */
export function readForeignMarkdown(lines: readonly string[]): NewCell[] {
  const cells: NewCell[] = [];
  let prose: string[] = [];
  const endProse = () => {
    const text = trimLines(prose).join('\n');
    if (text !== '') cells.push({ kind: 'text', text });
    prose = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const opening = OPENING.exec(line);
    if (!opening) {
      prose.push(line);
      continue;
    }
    const end = closing(lines, at + 1, opening[1] ?? '');
    if (SQL.test(opening[2] ?? '')) {
      endProse();
      cells.push({ kind: 'sql', text: lines.slice(at + 1, end).join('\n') });
    } else {
      prose.push(...lines.slice(at, end + 1));
    }
    at = end;
  }
  endProse();
  return cells;
}

/** The line that closes a fence: of the same characters, and as many at least. Without one, the end. */
function closing(lines: readonly string[], from: number, fence: string): number {
  const closes = (line: string) => {
    const bare = line.trim();
    return bare.startsWith(fence) && bare.replaceAll(fence.charAt(0), '') === '';
  };
  for (let at = from; at < lines.length; at++) if (closes(lines[at] ?? '')) return at;
  return lines.length;
}
