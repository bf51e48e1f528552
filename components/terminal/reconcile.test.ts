import { expect, test } from 'vitest';
import type { TerminalEntry } from '@/lib/machine/terminal-list';
import { reconcile, type TabView } from './reconcile';
import type { TabState } from './terminal-tab';

const entry = (terminal: string, attached = false): TerminalEntry => ({
  terminal,
  command: 'psql',
  cols: 80,
  rows: 24,
  attached,
  ended: false,
});
const tab = (name: string, kind: TabState['kind'], wasOpen = true): TabView => {
  const state = kind === 'refused' ? { kind, text: '' } : { kind, exitCode: 0 };
  return { name, state: state as TabState, wasOpen };
};
const ours = () => true;
const NOTHING = { attach: [], gone: [], add: [], editors: [] };

test('a terminal of the machine without a tab gets one, whoever is attached', () => {
  const list = [entry('tp1'), entry('tp2', true)];
  expect(reconcile([], list, ours)).toEqual({ ...NOTHING, add: list });
});

test('not one that is somebody else’s, nor an editor’s', () => {
  const list = [entry('tp1'), entry('eabcd1234tp2')];
  expect(reconcile([], list, () => false)).toEqual({ ...NOTHING, editors: [list[1]] });
  expect(reconcile([], list, ours).add).toEqual([list[0]]);
});

test('a tab whose way was cut is attached again, also where another page is attached by now', () => {
  const tabs = [tab('tp1', 'away'), tab('tp2', 'away')];
  const list = [entry('tp1'), entry('tp2', true)];
  expect(reconcile(tabs, list, ours)).toEqual({ ...NOTHING, attach: ['tp1', 'tp2'] });
});

test('a tab whose terminal is no more is gone; one that never had any starts it', () => {
  const tabs = [tab('tp1', 'away'), tab('tp2', 'taken'), tab('tp3', 'away', false)];
  expect(reconcile(tabs, [], ours)).toEqual({
    ...NOTHING,
    attach: ['tp3'],
    gone: ['tp1', 'tp2'],
  });
});

test('a tab that is open, taken, refused, gone or ended is left as it is', () => {
  const kinds = ['attaching', 'open', 'taken', 'refused', 'gone', 'ended'] as const;
  const tabs = kinds.map((kind) => tab(`t${kind}`, kind));
  const list = tabs.map(({ name }) => entry(name, true));
  expect(reconcile(tabs, list, ours)).toEqual(NOTHING);
  const without = kinds.filter((kind) => kind !== 'taken').map((kind) => tab(`t${kind}`, kind));
  expect(reconcile(without, [], ours)).toEqual(NOTHING);
});
