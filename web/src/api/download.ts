// Saves what the server answers as a file.
import { addressOf, problemOf, type Query } from './client';

export async function download(path: string, name: string, options: { query?: Query; body?: unknown } = {}): Promise<void> {
  const { query, body } = options;
  const asked: RequestInit = body === undefined ? {} : { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(addressOf(path, query), { credentials: 'same-origin', ...asked });
  if (!response.ok) throw await problemOf(response);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
