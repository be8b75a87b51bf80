// What several people may edit at once: read with its version (ETag), and written by saying which version one has seen (If-Match).
// Another one by now is a problem of status 412.
import { addressOf, problemOf } from './client';

export interface Versioned<T> {
  data: T;
  version: string;
}

async function ask<T>(path: string, request: RequestInit): Promise<Versioned<T>> {
  const response = await fetch(addressOf(path), { credentials: 'same-origin', ...request });
  if (!response.ok) throw await problemOf(response);
  return { data: (await response.json()) as T, version: response.headers.get('ETag') ?? '' };
}

export const getVersioned = <T>(path: string) => ask<T>(path, { headers: { Accept: 'application/json' } });
export const postVersioned = <T>(path: string, body: unknown, version: string) =>
  ask<T>(path, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Puntual': '1', 'If-Match': version }, body: JSON.stringify(body) });
