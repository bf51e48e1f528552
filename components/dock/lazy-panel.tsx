'use client';

import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { DockPanel, DockPanelProps } from './dock-panels';

type Loading =
  | { readonly kind: 'fetching' }
  | { readonly kind: 'there'; readonly Panel: ComponentType<DockPanelProps> }
  | { readonly kind: 'failed' };

/** A panel whose code is fetched once it is shown. */
export function LazyPanel({ panel, ...rest }: DockPanelProps & { panel: DockPanel }) {
  const [loading, setLoading] = useState<Loading>({ kind: 'fetching' });
  const load = useCallback(() => {
    setLoading({ kind: 'fetching' });
    panel.load().then(
      (Panel) => setLoading({ kind: 'there', Panel }),
      () => setLoading({ kind: 'failed' }),
    );
  }, [panel]);
  useEffect(load, [load]);
  if (loading.kind === 'there') return <loading.Panel {...rest} />;
  if (loading.kind === 'fetching') return <p className="p-3 text-muted text-sm">Opening…</p>;
  return (
    <Notice
      tone="bad"
      announce="alert"
      title={`${panel.label} cannot be opened`}
      className="m-3"
      actions={
        <Button size="small" onClick={load}>
          Try again
        </Button>
      }
    >
      The server cannot be reached just now.
    </Notice>
  );
}
