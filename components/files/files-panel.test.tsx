import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { fileError } from '@/lib/machine/file-error';
import type { FolderEntry } from '@/lib/machine/file-list';
import type { FolderState } from './file-desk';
import { FolderView } from './folder-view';
import { TransferList } from './transfer-list';
import { TransferListView } from './transfer-list-view';

const nothing = () => {};
const actions = {
  ...{ onOpen: nothing, onDownload: nothing, onRestore: nothing },
  ...{ onRename: nothing, onDelete: nothing },
};
const entry = (name: string, over: Partial<FolderEntry> = {}): FolderEntry => ({
  ...{ name, type: 'file', size: 1_500_000, mode: 0o644, mtime: 1_700_000_000, user: 'postgres' },
  ...over,
});
const view = (state: FolderState) =>
  renderToStaticMarkup(
    <FolderView
      path="/files"
      state={state}
      takesFocus={false}
      onGo={nothing}
      onUp={nothing}
      {...actions}
    />,
  );
const open = (entries: FolderEntry[]): FolderState => ({
  kind: 'open',
  folder: { entries, cut: false, freeBytes: 1, totalBytes: 2 },
});

test('a folder is a table with a heading for each column and row', () => {
  const html = view(open([entry('b\n<script>'), entry('a', { type: 'directory' })]));
  expect(html).toContain('aria-label="Files in /files"');
  expect(html.match(/scope="row"/g)).toHaveLength(2);
  for (const column of ['Name', 'Size', 'Changed', 'Actions']) expect(html).toContain(column);
  expect(html).toContain('1.5 MB');
  expect(html).toContain('b\\n&lt;script&gt;');
  // One row is in the order of Tab, and the folder is the first.
  expect(html.match(/tabindex="0"/g)).toHaveLength(2);
  expect(html.indexOf('Actions for a')).toBeLessThan(html.indexOf('Actions for b'));
});

test('a time that no calendar has is left out', () => {
  expect(view(open([entry('a', { mtime: Number.MAX_SAFE_INTEGER })]))).toContain('Actions for a');
});

test('an empty folder, one that is being read and one that cannot be', () => {
  expect(view(open([]))).toContain('This folder is empty');
  expect(view({ kind: 'reading' })).toContain('Reading /files');
  const failed = view({ kind: 'failed', error: fileError('no-such-file') });
  expect(failed).toContain('role="alert"');
  expect(failed).toContain('To the folder above');
});

test('the transfers are listed once there are some', () => {
  const list = new TransferList();
  expect(renderToStaticMarkup(<TransferListView list={list} />)).toBe('');
});
