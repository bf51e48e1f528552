import { describe, expect, it } from 'vitest';
import { cssString, cursorCss } from './cursor-css';
import type { Person } from './types';

const person = (id: number, name: string, isMe = false): Person => ({
  id,
  name,
  colour: '#1769c2',
  role: 'editor',
  isMe,
});

describe('the style sheet of cursors', () => {
  it('has a colour and a name for each of the others', () => {
    const css = cursorCss([person(1, 'Me', true), person(42, 'Amber Fox')]);
    expect(css).toContain('.yRemoteSelection-42 { background-color: #1769c2; }');
    expect(css).toContain('.yRemoteSelectionHead-42::after { content: "Amber Fox";');
    expect(css).not.toContain('-1 ');
  });

  it.each([
    ['"; } * { display: none } "', '"', '}'],
    ['\\', '\\"', '\\\\'],
    ['</style><script>', '<', '>'],
    ['a\nb', '\n', '\n'],
  ])('no name leaves its quotes: %j', (name, ...dangerous) => {
    const inner = cssString(name).slice(1, -1);
    for (const text of dangerous) expect(inner).not.toContain(text);
    expect(inner).toMatch(/^([A-Za-z0-9 ]|\\[0-9a-f]{6})*$/);
  });

  it('escapes by six digits, so that what follows is not taken for another', () => {
    expect(cssString('é1')).toBe('"\\0000e91"');
    expect(cssString('🦊')).toBe('"\\01f98a"');
  });
});
