import { HttpError } from './errors';
import type { Handler } from './exchange';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An address of the API; `:name` stands for one segment. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly handler: Handler;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** A segment as our ids and names are; anything else cannot be an address of ours. */
const SEGMENT = /^[A-Za-z0-9_-]{1,64}$/;

/** Finds the route for a request; throws 404 or 405. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match {
  const segments = path.split('/');
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path.split('/'), segments);
    return params ? [{ route, params }] : [];
  });
  if (matches.length === 0) throw new HttpError('route-unknown');
  const wanted = method === 'HEAD' ? 'GET' : method;
  const match = matches.find(({ route }) => route.method === wanted);
  if (!match) {
    const allow = matches.map(({ route }) => route.method).join(', ');
    throw new HttpError('method-not-allowed', { allow });
  }
  return match;
}

function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) {
      if (!SEGMENT.test(segment)) return undefined;
      params[part.slice(1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return params;
}
