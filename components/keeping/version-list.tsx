'use client';

import { formatBytes } from '../ui/format';
import { versionTime } from './version-label';
import type { Version } from './versions-api';

interface VersionListProps {
  versions: readonly Version[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

export function VersionList({ versions, chosen, onChoose }: VersionListProps) {
  return (
    <ul aria-label="Versions" className="space-y-1">
      {versions.map((version) => (
        <li key={version.id}>
          <button
            type="button"
            aria-current={version.id === chosen || undefined}
            onClick={() => onChoose(version.id)}
            className={`w-full rounded-md border px-3 py-2 text-left text-sm ${
              version.id === chosen
                ? 'border-accent bg-sunken'
                : 'border-transparent hover:bg-sunken'
            }`}
          >
            <span
              className={`block truncate ${version.name === '' ? 'text-muted' : 'font-medium'}`}
            >
              {version.name === '' ? 'Automatic' : version.name}
            </span>
            <span className="block text-muted text-xs">
              {versionTime(version)} · {formatBytes(version.bytes)}
              {version.by !== '' && ` · by ${version.by}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
