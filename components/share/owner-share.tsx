'use client';

import type { ServerAddress } from '../playgrounds/api';
import { ConnectionField } from './connection-field';
import { LinkField } from './link-field';
import { useSharedLinks } from './use-shared-links';

interface OwnerShareProps {
  playground: string;
  address: ServerAddress;
}

export function OwnerShare({ playground, address }: OwnerShareProps) {
  const { links, renew, retry } = useSharedLinks(playground);
  return (
    <div className="space-y-4">
      <LinkField
        label="Edit link"
        hint="May read and change everything in the database."
        playground={playground}
        link={links.editor}
        address={address}
        onRenew={() => renew('editor')}
        onRetry={() => retry('editor')}
      />
      <LinkField
        label="View link"
        hint="May read; PostgreSQL itself refuses changes."
        playground={playground}
        link={links.viewer}
        address={address}
        onRenew={() => renew('viewer')}
        onRetry={() => retry('viewer')}
      />
      <ConnectionField playground={playground} links={links} address={address} />
    </div>
  );
}
