import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '../playgrounds/ask';
import type { LinkSecret, SharedRole } from '../playgrounds/codec';
import type { Loaded } from '../state/loaded';
import { ensureLink, renewLink } from './shared-links';

const ROLES = ['editor', 'viewer'] as const;
const LOADING = { kind: 'loading' } as const;

export type SharedLinks = Record<SharedRole, Loaded<LinkSecret>>;

/** The editor's and the viewer's link; both are made when first asked for. */
export function useSharedLinks(playground: string) {
  const [links, setLinks] = useState<SharedLinks>({ editor: LOADING, viewer: LOADING });

  const load = useCallback(async (role: SharedRole, ask: () => Promise<Answer<LinkSecret>>) => {
    const put = (state: Loaded<LinkSecret>) => setLinks((all) => ({ ...all, [role]: state }));
    put(LOADING);
    const answer = await ask();
    put(
      answer.ok
        ? { kind: 'loaded', value: answer.value }
        : { kind: 'failed', message: answer.message },
    );
  }, []);

  useEffect(() => {
    for (const role of ROLES) void load(role, () => ensureLink(playground, role));
  }, [playground, load]);

  return {
    links,
    renew: (role: SharedRole) => load(role, () => renewLink(playground, role)),
    retry: (role: SharedRole) => load(role, () => ensureLink(playground, role)),
  };
}
