import { isLinkId, isPlaygroundId } from './ids';

/** What a PostgreSQL client tells about where it wants to go. */
export interface RouteHints {
  /** The server name of TLS, if the client sent one. */
  readonly sni?: string | undefined;
  /** `user` of the startup packet: `<link>.<playground>` or `<link>`. */
  readonly user: string | undefined;
  /** `options` of the startup packet, e.g. `-c warren.playground=<id>`. */
  readonly options?: string | undefined;
  /** The domain under which `<playground>.db.<domain>` is served; without one SNI says nothing. */
  readonly baseDomain?: string | undefined;
  /** Other names of this server: they name no playground, and they are not foreign. */
  readonly ownNames?: readonly string[];
}

export type RouteRefusalCode =
  | 'sni-foreign'
  | 'sni-malformed'
  | 'user-missing'
  | 'user-malformed'
  | 'options-malformed'
  | 'playground-missing'
  | 'playground-disagrees';

export type Route =
  | { readonly ok: true; readonly playground: string; readonly link: string }
  | { readonly ok: false; readonly code: RouteRefusalCode; readonly message: string };

const SETTING = 'warren.playground';

const MESSAGES: Record<RouteRefusalCode, string> = {
  'sni-foreign': 'this server does not serve the host name the client asked for',
  'sni-malformed': 'the host name does not begin with a playground id',
  'user-missing': 'no user name was given; it is the part before ":" in the connection string',
  'user-malformed': 'the user name must have the form "<link>.<playground>"',
  'options-malformed': `the options name no valid playground id in ${SETTING}`,
  'playground-missing': 'no playground is named; use the user name "<link>.<playground>"',
  'playground-disagrees': 'host name, user name and options name different playgrounds',
};

/**
 * Finds the playground by SNI, user name and `options`, and the link by the user name. Those that
 * name a playground must agree. Whether either exists is for the caller to find out.
 */
export function parseRoute(hints: RouteHints): Route {
  const bySni = playgroundOfSni(hints);
  if (bySni.refused) return refuse(bySni.refused);
  if (!hints.user) return refuse('user-missing');
  const dot = hints.user.indexOf('.');
  const link = dot < 0 ? hints.user : hints.user.slice(0, dot);
  const byUser = dot < 0 ? undefined : hints.user.slice(dot + 1);
  if (!isLinkId(link)) return refuse('user-malformed');
  if (byUser !== undefined && !isPlaygroundId(byUser)) return refuse('user-malformed');
  const byOptions = playgroundOfOptions(hints.options ?? '');
  if (byOptions !== undefined && !isPlaygroundId(byOptions)) return refuse('options-malformed');
  const named = new Set([bySni.playground, byUser, byOptions].filter((id) => id !== undefined));
  const [playground] = named;
  if (playground === undefined) return refuse('playground-missing');
  if (named.size > 1) return refuse('playground-disagrees');
  return { ok: true, playground, link };
}

function refuse(code: RouteRefusalCode): Route {
  return { ok: false, code, message: MESSAGES[code] };
}

interface SniFinding {
  readonly playground?: string;
  readonly refused?: RouteRefusalCode;
}

function playgroundOfSni({ sni, baseDomain, ownNames = [] }: RouteHints): SniFinding {
  if (!sni || !baseDomain) return {};
  const name = normalName(sni);
  const base = normalName(baseDomain);
  const neutral = [base, `db.${base}`, 'localhost', ...ownNames.map(normalName)];
  if (neutral.includes(name)) return {};
  if (!name.endsWith(`.db.${base}`)) return { refused: 'sni-foreign' };
  const label = name.slice(0, -`.db.${base}`.length);
  return isPlaygroundId(label) ? { playground: label } : { refused: 'sni-malformed' };
}

function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The last setting wins, as in PostgreSQL. */
function playgroundOfOptions(options: string): string | undefined {
  let found: string | undefined;
  const words = splitOptions(options);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    let setting: string | undefined;
    if (word === '-c' || word === '--') setting = words[++i];
    else if (word.startsWith('-c') || word.startsWith('--')) setting = word.slice(2);
    const equals = setting?.indexOf('=') ?? -1;
    if (setting === undefined || equals < 0) continue;
    if (settingName(setting.slice(0, equals)) === SETTING) found = setting.slice(equals + 1);
  }
  return found;
}

function settingName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/** As PostgreSQL's `pg_split_opts`: white space separates, a backslash keeps the next character. */
function splitOptions(options: string): string[] {
  const words: string[] = [];
  let word = '';
  let open = false;
  for (let i = 0; i < options.length; i++) {
    let char = options.charAt(i);
    if (/[ \t\n\v\f\r]/.test(char)) {
      if (open) words.push(word);
      word = '';
      open = false;
      continue;
    }
    if (char === '\\') char = options.charAt(++i);
    word += char;
    open = true;
  }
  if (open) words.push(word);
  return words;
}
