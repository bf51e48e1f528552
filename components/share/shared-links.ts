import { createLink, revokeLink } from '../playgrounds/api';
import type { Answer } from '../playgrounds/ask';
import type { LinkSecret, SharedRole } from '../playgrounds/codec';
import { findPlayground, keepSharedLink } from '../playgrounds/store';

const making = new Map<string, Promise<Answer<LinkSecret>>>();

/** The playground's link for a role; made at the first call, and once however often it is called meanwhile. */
export function ensureLink(playground: string, role: SharedRole): Promise<Answer<LinkSecret>> {
  const kept = findPlayground(playground)?.shared[role];
  if (kept) return Promise.resolve({ ok: true, value: kept });
  const key = `${playground}/${role}`;
  const running = making.get(key) ?? makeLink(playground, role);
  making.set(key, running);
  void running.finally(() => making.delete(key));
  return running;
}

/** Revokes the link for a role, which cuts off whoever uses it, and makes another. */
export async function renewLink(playground: string, role: SharedRole): Promise<Answer<LinkSecret>> {
  const owned = findPlayground(playground);
  const old = owned?.shared[role];
  if (owned && old) {
    const revoked = await revokeLink(playground, owned.owner, old.id);
    // A link the server no longer knows is revoked already.
    if (!revoked.ok && revoked.status !== 404) return revoked;
    keepSharedLink(playground, role, undefined);
  }
  return ensureLink(playground, role);
}

async function makeLink(playground: string, role: SharedRole): Promise<Answer<LinkSecret>> {
  const owned = findPlayground(playground);
  if (!owned) {
    return {
      ok: false,
      status: 0,
      code: 'not-owner',
      message: 'This browser no longer remembers the playground, so it cannot make links for it.',
    };
  }
  const answer = await createLink(playground, owned.owner, role);
  if (!answer.ok) return answer;
  const { id, secret } = answer.value;
  keepSharedLink(playground, role, { id, secret });
  return { ok: true, value: { id, secret } };
}
