'use client';

import { useId, useState } from 'react';
import { connectionString } from '@/lib/access/connection-string';
import type { ServerAddress } from '../playgrounds/api';
import type { SharedRole } from '../playgrounds/codec';
import { CopyField } from '../ui/copy-field';
import type { SharedLinks } from './use-shared-links';

interface ConnectionFieldProps {
  playground: string;
  links: SharedLinks;
  address: ServerAddress;
}

const CHOICES: readonly (readonly [SharedRole, string])[] = [
  ['editor', 'edit'],
  ['viewer', 'view'],
];

/** The connection string of one of the two links. */
export function ConnectionField({ playground, links, address }: ConnectionFieldProps) {
  const name = useId();
  const [role, setRole] = useState<SharedRole>('editor');
  const link = links[role];
  const value =
    link.kind === 'loaded'
      ? connectionString(
          { playground, link: link.value.id, secret: link.value.secret },
          { host: address.pgHost, port: address.pgPort, tls: address.pgTls },
        )
      : '';
  return (
    <div className="border-line border-t pt-4">
      <CopyField
        key={value}
        label="Connection string"
        hint="For psql, ORMs and every other Postgres client. It holds the secret."
        value={value}
      />
      <fieldset className="mt-1 flex items-center gap-4 text-[13px]">
        <legend className="float-left mr-3 text-muted">Rights of the string</legend>
        {CHOICES.map(([value, label]) => (
          <label key={value} className="flex items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={role === value}
              onChange={() => setRole(value)}
              className="accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
