import { type Answer, ask } from './ask';
import type { LinkSecret, SharedRole } from './codec';

export interface PlaygroundFacts {
  readonly id: string;
  readonly createdAt: string | number;
  readonly hostOnline: boolean;
}

/** What connection strings are made of. */
export interface ServerAddress {
  readonly pgHost: string;
  readonly pgPort: number;
  readonly pgTls: boolean;
  readonly publicUrl: string;
}

export function createPlayground(): Promise<Answer<{ id: string; link: LinkSecret }>> {
  return ask('POST', '/api/playgrounds', { body: {} });
}

export function fetchPlayground(id: string): Promise<Answer<PlaygroundFacts>> {
  return ask('GET', `/api/playgrounds/${id}`);
}

export function createLink(
  id: string,
  owner: LinkSecret,
  role: SharedRole,
): Promise<Answer<LinkSecret>> {
  return ask('POST', `/api/playgrounds/${id}/links`, { link: owner, body: { role } });
}

export function revokeLink(id: string, owner: LinkSecret, link: string): Promise<Answer<null>> {
  return ask('DELETE', `/api/playgrounds/${id}/links/${link}`, { link: owner });
}

export function fetchServerAddress(): Promise<Answer<ServerAddress>> {
  return ask('GET', '/api/config');
}
