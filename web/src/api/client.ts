// Asks the server's /v1: JSON both ways, errors as RFC 9457 problems. Whoever is signed in is known by a cookie that no script can read.
import { QueryClient } from '@tanstack/react-query';
import type { Route } from './routes';

export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string) {
    super(detail || code || String(status));
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body.code ?? '', body.detail ?? body.title ?? '');
}

export type Query = Record<string, string | number | undefined>;

export function addressOf(path: string, query: Query = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.set(name, String(value));
  const text = asked.toString();
  return `/v1/${path}${text && `?${text}`}`;
}

async function ask(method: string, path: string, options: { query?: Query; body?: unknown; key?: string; match?: string; keepalive?: boolean } = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  let body: BodyInit | undefined;
  if (method !== 'GET') headers['X-Puntual'] = '1';  // No form of another site can set it.
  if (options.body instanceof Blob) {
    headers['Content-Type'] = 'application/octet-stream';
    body = options.body;
  } else if (method !== 'GET') {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body ?? {});
  }
  if (options.key) headers['Idempotency-Key'] = options.key;
  if (options.match) headers['If-Match'] = options.match;
  let response: Response;
  try {
    response = await fetch(addressOf(path, options.query), { method, headers, body, credentials: 'same-origin', keepalive: options.keepalive });
  } catch {
    throw new Problem(0, 'unreachable', '');
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    // The session has ended: whatever was shown goes, and the sign-in page comes.
    if (response.status === 401 && problem.code === 'not_signed_in' && queries.getQueryData(['session'])) {
      queries.setQueryData(kEnded, true);
      queries.setQueryData(['session'], null);
    }
    throw problem;
  }
  return response;
}

// True: somebody was signed in here until a moment ago, and did not leave of their own will.
export const kEnded = ['ended'];

async function send<T>(...asked: Parameters<typeof ask>): Promise<T> {
  const response = await ask(...asked);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

// What several people may edit at once, and its version (ETag), by which an edit says what it was read as.
export interface Versioned<T> {
  data: T;
  version: string;
}
async function askVersioned<T>(...asked: Parameters<typeof ask>): Promise<Versioned<T>> {
  const response = await ask(...asked);
  return { data: (await response.json()) as T, version: response.headers.get('ETag') ?? '' };
}
export const getVersioned = <T>(path: Route<'get'>) => askVersioned<T>('GET', path);
export const postVersioned = <T>(path: Route<'post'>, body: unknown, match: string) => askVersioned<T>('POST', path, { body, match });

export const get = <T>(path: Route<'get'>, query?: Query) => send<T>('GET', path, { query });
// `match`: only if it is still as it was read (412 `version_mismatch` else).
export const post = <T>(path: Route<'post'>, body?: unknown, options: { query?: Query; key?: string; match?: string; keepalive?: boolean } = {}) => send<T>('POST', path, { ...options, body });
export const patch = <T>(path: Route<'patch'>, body: unknown, match?: string) => send<T>('PATCH', path, { body, match });
export const remove = <T>(path: Route<'delete'>, match?: string) => send<T>('DELETE', path, { match });

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
    },
  },
});
