'use client';

import { useState } from 'react';
import type { PgClient } from '@/lib/postgres/client';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import type { ActivitySession } from './activity-session';
import { errorText } from './error-text';
import {
  createExtension,
  dropExtension,
  EXTENSIONS_SQL,
  type Extension,
  readExtensions,
} from './extensions-sql';
import { useReading } from './use-reading';

const read = async (client: PgClient) => readExtensions(await client.query(EXTENSIONS_SQL));

type Deed =
  | { readonly kind: 'none' }
  | { readonly kind: 'working'; readonly text: string }
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

interface ExtensionListProps {
  session: ActivitySession;
  isActive: boolean;
}

/** The extensions the machine has, with one click to use one. */
export function ExtensionList({ session, isActive }: ExtensionListProps) {
  const { reading, reload } = useReading(session, isActive, read);
  const [search, setSearch] = useState('');
  const [deed, setDeed] = useState<Deed>({ kind: 'none' });
  if (reading.kind === 'loading') return <p className="text-muted text-sm">Asking PostgreSQL…</p>;
  if (reading.kind === 'failed') {
    return (
      <Notice tone="plain" title="The extensions cannot be read just now">
        {reading.message}
      </Notice>
    );
  }
  const run = async (statement: string, doing: string, done: string) => {
    // The first use of an extension loads its files: that takes seconds.
    setDeed({ kind: 'working', text: doing });
    try {
      await session.use((client) => client.query(statement));
      setDeed({ kind: 'done', text: done });
      await reload();
    } catch (thrown) {
      setDeed({ kind: 'refused', text: errorText(thrown) });
    }
  };
  const found = reading.value.filter(({ name, comment }) =>
    `${name} ${comment}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <div className="space-y-3">
      <input
        type="search"
        aria-label="Search extensions"
        placeholder="Search extensions, e.g. vector"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="h-9 w-full max-w-md rounded-md border border-line-strong bg-raised px-3 text-sm"
      />
      <p role="status" className="text-muted text-xs">
        {deed.kind === 'working' || deed.kind === 'done'
          ? deed.text
          : 'For the database postgres, to which the notebook is connected.'}
      </p>
      {deed.kind === 'refused' && (
        <Notice tone="bad" announce="alert" title="Nothing was changed">
          {deed.text}
        </Notice>
      )}
      <ul
        aria-label="Extensions"
        className="divide-y divide-line rounded-md border border-line empty:hidden"
      >
        {found.map((extension) => (
          <ExtensionRow
            key={extension.name}
            extension={extension}
            isBusy={deed.kind === 'working'}
            onCreate={() => {
              const { name } = extension;
              void run(createExtension(name), `Creating ${name}…`, `${name} can be used now.`);
            }}
            onDrop={() => {
              const { name } = extension;
              void run(dropExtension(name), `Dropping ${name}…`, `${name} was dropped.`);
            }}
          />
        ))}
      </ul>
    </div>
  );
}

interface ExtensionRowProps {
  extension: Extension;
  isBusy: boolean;
  onCreate: () => void;
  onDrop: () => void;
}

function ExtensionRow({ extension, isBusy, onCreate, onDrop }: ExtensionRowProps) {
  const { name, defaultVersion, installedVersion, comment } = extension;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2 text-[13px]">
      <span className="font-medium font-mono">{name}</span>
      <span className="text-muted tabular-nums">
        {installedVersion === '' ? defaultVersion : `${installedVersion}, in use`}
      </span>
      <span className="min-w-0 flex-1 basis-40 text-muted text-pretty max-sm:order-last max-sm:basis-full">
        {comment}
      </span>
      {installedVersion === '' ? (
        <Button
          size="small"
          className="ml-auto"
          disabled={isBusy}
          aria-label={`Create ${name}`}
          onClick={onCreate}
        >
          Create
        </Button>
      ) : (
        <Question
          label="Drop"
          name={`Drop ${name}`}
          title={`Drop ${name}?`}
          yes="Drop it"
          no="Keep it"
          disabled={isBusy}
          onYes={onDrop}
        >
          Its functions and types go. While a table or a view uses them, PostgreSQL refuses.
        </Question>
      )}
    </li>
  );
}
