import { formatDuration, plural } from '../ui/format';
import type { Baggage, OpenSession } from './baggage';

/** What a snapshot is made of: the machine as it is, or what pg_dump tells of its database. */
export type SnapshotKind = 'machine' | 'data';

/** Sentences for whoever gives a snapshot away: what its receiver gets beside the tables, and what not. */
export function baggageLines(baggage: Baggage, kind: SnapshotKind): string[] {
  return kind === 'machine' ? withMachine(baggage) : withData(baggage);
}

function withMachine({ roles, settings, sessions, databases, ...rest }: Baggage): string[] {
  const lines = secretLines(rest);
  if (sessions.length > 0) lines.push(sessionLine(sessions));
  if (roles.length > 0) {
    lines.push(`${plural(roles.length, 'role')} of your own, with passwords: ${names(roles)}.`);
  }
  if (settings.length > 0) {
    const told = settings.map(({ scope, name }) => `${name} (${scope})`);
    lines.push(`${plural(settings.length, 'setting')} you changed: ${names(told)}.`);
  }
  if (databases.length > 0) {
    // User mappings are seen from within their database alone.
    lines.push(
      `${plural(databases.length, 'further database')}: ${names(databases)}; with log-ins of foreign servers and their passwords, if there are any in them.`,
    );
  }
  if (rest.subscriptions.length > 0) {
    lines.push('Subscriptions come up disabled there, since two copies must not share one slot.');
  }
  return lines;
}

function withData({ roles, settings, databases, ...rest }: Baggage): string[] {
  const lines = secretLines(rest);
  if (roles.length > 0) {
    lines.push(
      `Not with it: ${plural(roles.length, 'role')} of your own (${names(roles)}). What they own will belong to the receiver; each such grant counts as an error there.`,
    );
  }
  if (settings.length > 0) {
    lines.push(`Not with it: ${plural(settings.length, 'setting')} you changed.`);
  }
  if (databases.length > 0) {
    lines.push(`Not with it: the further databases ${names(databases)}.`);
  }
  lines.push('Not with it: open sessions and transactions, files, and what the terminals show.');
  return lines;
}

function secretLines({
  subscriptions,
  foreignServers,
}: Pick<Baggage, 'subscriptions' | 'foreignServers'>): string[] {
  const lines: string[] = [];
  if (subscriptions.length > 0) {
    lines.push(
      `${plural(subscriptions.length, 'subscription')} with connection string and password: ${names(subscriptions)}.`,
    );
  }
  if (foreignServers.length > 0) {
    lines.push(
      `User mappings, which are log-ins of foreign servers, passwords included: ${names(foreignServers)}.`,
    );
  }
  return lines;
}

function sessionLine(sessions: readonly OpenSession[]): string {
  const open = sessions.filter(({ transactionSeconds }) => transactionSeconds !== null);
  const all = plural(sessions.length, 'open session');
  const longest = open[0];
  if (!longest) return `${all}, none in a transaction.`;
  const client = longest.client === '' ? longest.role : `${longest.client}, ${longest.role}`;
  const lasting = formatDuration((longest.transactionSeconds ?? 0) * 1000);
  return `${all}, ${open.length} in a transaction; the oldest has been open for ${lasting} (${client}).`;
}

/** A list of names is read up to here. */
const SHOWN = 6;

function names(all: readonly string[]): string {
  const more = all.length - SHOWN;
  const shown = all.slice(0, SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
