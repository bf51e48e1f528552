'use client';

import { connectionString } from '@/lib/access/connection-string';
import { linkUrl } from '@/lib/access/link-url';
import type { Session } from '../playground/session';
import type { ServerAddress } from '../playgrounds/api';
import { CopyField } from '../ui/copy-field';

interface GuestShareProps {
  session: Session;
  address: ServerAddress;
}

export function GuestShare({ session, address }: GuestShareProps) {
  const { credentials } = session.identity;
  return (
    <div className="space-y-4">
      <CopyField label="Your link" value={linkUrl(address.publicUrl, credentials)} />
      <CopyField
        label="Connection string"
        hint="For psql, ORMs and every other Postgres client. It holds the secret."
        value={connectionString(credentials, {
          host: address.pgHost,
          port: address.pgPort,
          tls: address.pgTls,
        })}
      />
    </div>
  );
}
