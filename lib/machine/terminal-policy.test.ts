import { describe, expect, it } from 'vitest';
import type { Role } from '../access/roles';
import { encodeMetadata, type Metadata, metadataValue, metadataValues } from '../mux/metadata';
import type { TerminalEntry } from './terminal-list';
import { isEditorsTerminal, terminalFor, terminalsFor } from './terminal-policy';

const LINK = 'abcd1234';
const FROM_RELAY: Metadata = [
  ['role', 'editor'],
  ['peer', 'p1'],
  ['link', LINK],
];
const ROOT_SHELL: Metadata = [
  ['kind', 'pty'],
  ['terminal', 'ts1'],
  ['arg', '/bin/busybox'],
  ['arg', 'sh'],
  ['env', 'PGUSER=owner'],
  ['cwd', '/root'],
  ['user', 'root'],
  ['cols', '120'],
  ['rows', '40'],
  ...FROM_RELAY,
];
const LIST: Metadata = [['kind', 'ptys'], ...FROM_RELAY];

describe('who gets a terminal', () => {
  it.each<[Role, boolean, Metadata, 'open' | 'refused']>([
    ['owner', false, ROOT_SHELL, 'open'],
    ['owner', true, ROOT_SHELL, 'open'],
    ['owner', false, LIST, 'open'],
    ['editor', false, ROOT_SHELL, 'refused'],
    ['editor', true, ROOT_SHELL, 'open'],
    ['editor', false, LIST, 'refused'],
    ['editor', true, LIST, 'open'],
    ['viewer', false, ROOT_SHELL, 'refused'],
    ['viewer', true, ROOT_SHELL, 'refused'],
    ['viewer', true, LIST, 'refused'],
    ['owner', true, [['kind', 'exec'], ...ROOT_SHELL.slice(1)], 'refused'],
    ['owner', true, [['kind', 'pty']], 'refused'],
    ['editor', true, ROOT_SHELL.slice(0, -1), 'refused'],
  ])('%s, editors allowed: %s', (role, allowed, metadata, kind) => {
    expect(terminalFor(role, metadata, allowed).kind).toBe(kind);
  });

  it('opens for an owner what was asked, without what the relay added', () => {
    expect(terminalFor('owner', ROOT_SHELL, false)).toEqual({
      kind: 'open',
      metadata: ROOT_SHELL.slice(0, -3),
    });
  });

  it('opens for an editor psql as editor, in whatever size, and nothing else', () => {
    const decision = terminalFor('editor', ROOT_SHELL, true);
    if (decision.kind !== 'open') throw new Error(decision.text);
    const { metadata } = decision;
    expect(metadataValue(metadata, 'terminal')).toBe(`e${LINK}ts1`);
    expect(metadataValues(metadata, 'arg')).toEqual(['psql']);
    expect(metadataValues(metadata, 'env')).toContain('PGUSER=editor');
    expect(metadataValues(metadata, 'env')).not.toContain('PGUSER=owner');
    expect(metadataValue(metadata, 'user')).toBe('postgres');
    expect(metadataValue(metadata, 'cwd')).toBe('/files');
    expect(metadataValue(metadata, 'cols')).toBe('120');
    expect(() => encodeMetadata(metadata)).not.toThrow();
  });

  it.each(['', '-5', '1e9', 'NaN', 'Infinity', '0x10', '99999999999999999999'])(
    'takes no size from an editor that T1 does not have: %j',
    (cols) => {
      const asked: Metadata = [
        ['kind', 'pty'],
        ['terminal', 'a'],
        ['cols', cols],
        ['link', LINK],
      ];
      const decision = terminalFor('editor', asked, true);
      if (decision.kind !== 'open') throw new Error(decision.text);
      const taken = Number(metadataValue(decision.metadata, 'cols'));
      expect(taken).toBeGreaterThanOrEqual(1);
      expect(taken).toBeLessThanOrEqual(1_000);
    },
  );

  it.each(['', 'A', '../x', 'ts1\n', 'ü', 'a'.repeat(33)])(
    'takes no terminal called %j',
    (name) => {
      const asked: Metadata = [
        ['kind', 'pty'],
        ['terminal', name],
        ['link', LINK],
      ];
      expect(terminalFor('owner', asked, true).kind).toBe('refused');
      expect(terminalFor('editor', asked, true).kind).toBe('refused');
    },
  );
});

describe('who knows of which terminal', () => {
  const entry = (terminal: string): TerminalEntry => ({
    terminal,
    command: 'psql',
    cols: 80,
    rows: 24,
    attached: false,
    ended: false,
  });
  const list = [entry('tp1'), entry(`e${LINK}tp1`), entry('ezzzz9999tp1')];

  it('the owner of all', () => {
    expect(terminalsFor('owner', LIST, list)).toEqual(list);
    expect(list.map(isEditorsTerminal)).toEqual([false, true, true]);
  });

  it('an editor of those of the own link, by the names they were opened with', () => {
    expect(terminalsFor('editor', LIST, list)).toEqual([entry('tp1')]);
    expect(terminalsFor('editor', [['kind', 'ptys']], list)).toEqual([]);
  });

  it('a viewer of none', () => {
    expect(terminalsFor('viewer', LIST, list)).toEqual([]);
  });
});
