'use client';

import { useState } from 'react';
import type { PgClient } from '@/lib/postgres/client';
import { restartPostgres } from '../machine/reboot/restart-postgres';
import type { HostedMachine } from '../playground/hosted-machine';
import { formatCount } from '../ui/format';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import type { ActivitySession } from './activity-session';
import { changeSetting } from './change-setting';
import { errorText } from './error-text';
import { SettingRow } from './setting-row';
import { readSettings, SETTINGS_SQL, searchSettings } from './settings-sql';
import { useReading } from './use-reading';

/** A search that finds more is not narrow enough to be read. */
const SHOWN = 60;

const read = async (client: PgClient) => readSettings(await client.query(SETTINGS_SQL));

interface SettingsEditorProps {
  session: ActivitySession;
  /** Where this tab runs it. */
  machine: HostedMachine | undefined;
  isActive: boolean;
}

/** The settings of the server, with what each change takes. */
export function SettingsEditor({ session, machine, isActive }: SettingsEditorProps) {
  const { reading, reload } = useReading(session, isActive, read);
  const [search, setSearch] = useState('');
  const [restart, setRestart] = useState<'no' | 'working' | { readonly failure: string }>('no');
  if (reading.kind === 'loading') return <p className="text-muted text-sm">Asking PostgreSQL…</p>;
  if (reading.kind === 'failed') {
    return (
      <Notice tone="plain" title="The settings cannot be read just now">
        {reading.message}
      </Notice>
    );
  }
  const change = async (statement: string) => {
    await session.use((client) => changeSetting(client, statement));
    await reload();
  };
  const restartNow = async () => {
    if (!machine) return;
    setRestart('working');
    try {
      await restartPostgres((metadata) => machine.open(metadata));
      setRestart('no');
    } catch (thrown) {
      setRestart({ failure: errorText(thrown) });
    }
    await reload();
  };
  const found = searchSettings(reading.value, search);
  const pending = reading.value.filter(({ isPending }) => isPending);
  return (
    <div className="space-y-3">
      <input
        type="search"
        aria-label="Search settings"
        placeholder="Search settings, e.g. work_mem or autovacuum"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="h-9 w-full max-w-md rounded-md border border-line-strong bg-raised px-3 text-sm"
      />
      {pending.length > 0 && (
        <Notice
          tone="warn"
          title="Some changes wait for a restart of PostgreSQL"
          actions={
            machine && (
              <Question
                label="Restart PostgreSQL"
                title="Restart PostgreSQL?"
                yes="Restart it"
                no="Not now"
                disabled={restart === 'working'}
                onYes={() => void restartNow()}
              >
                Data stay. All sessions end, and open transactions are rolled back.
              </Question>
            )
          }
        >
          {pending.map(({ name }) => name).join(', ')}
          {restart === 'working' && ' · Restarting…'}
          {typeof restart === 'object' && (
            <span role="alert" className="block text-bad">
              {restart.failure}
            </span>
          )}
        </Notice>
      )}
      <p aria-live="polite" className="text-muted text-xs">
        {search.trim() === ''
          ? 'Shown: what is set in the configuration. Search for any other.'
          : `${formatCount(found.length)} found${found.length > SHOWN ? `, the first ${SHOWN} shown` : ''}.`}
      </p>
      <ul
        aria-label="Settings"
        className="divide-y divide-line rounded-md border border-line empty:hidden"
      >
        {found.slice(0, SHOWN).map((setting) => (
          <SettingRow key={setting.name} setting={setting} onChange={change} />
        ))}
      </ul>
    </div>
  );
}
