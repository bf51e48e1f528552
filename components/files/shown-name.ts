import type { FileName } from '@/lib/machine/file-name';

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};
/** Control characters, and marks that are not seen or turn the direction of writing: a name must not pass for another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Bytes that are not UTF-8 (`lib/machine/file-name.ts`). */
const LONE = /\p{Cs}/u;

/** A name as people may read it: on one line, with what cannot be seen written as in C. */
export function shownName(name: FileName): string {
  let shown = '';
  for (const character of name) shown += shownCharacter(character);
  return shown;
}

function shownCharacter(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (LONE.test(character)) return `\\x${(code & 0xff).toString(16).padStart(2, '0')}`;
  if (!UNSEEN.test(character)) return character;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** A name for a file on this computer, which takes fewer names than Linux does. */
export function localName(name: FileName): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  return plain || 'file';
}
