import { Fragment } from 'react';
import type { FileName } from '@/lib/machine/file-name';
import { crumbsOf } from './path';
import { shownName } from './shown-name';

interface BreadcrumbsProps {
  path: FileName;
  onGo: (path: FileName) => void;
}

/** The folder one is in, and those it lies in. */
export function Breadcrumbs({ path, onGo }: BreadcrumbsProps) {
  return (
    <nav aria-label="Folder" className="min-w-0 flex-1 basis-48">
      <ol className="flex flex-wrap items-center font-mono text-[13px]">
        {crumbsOf(path).map(({ name, path: to }, at) => (
          <Fragment key={to}>
            {at > 1 && (
              <li aria-hidden className="text-muted">
                /
              </li>
            )}
            <li className="min-w-0">
              {to === path ? (
                <span aria-current="page" className="break-all px-1 font-medium">
                  {shownName(name)}
                </span>
              ) : (
                <button
                  type="button"
                  className="max-w-48 truncate rounded-sm px-1 text-accent underline-offset-4 hover:underline"
                  onClick={() => onGo(to)}
                >
                  {shownName(name)}
                </button>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
