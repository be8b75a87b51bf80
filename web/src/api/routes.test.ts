import { expect, it } from 'vitest';
import { get } from './client';
import { kRights, type Right, type Route } from './routes';
import { useMay } from './session';

const documents = Object.values(import.meta.glob<string>('../../../docs/api/*.json', { query: '?raw', import: 'default', eager: true }));

it('the rights are those that the server has a name for, and a route asks for no other', () => {
  const table = Object.values(import.meta.glob<string>('../../../src/core/access/right.cpp', { query: '?raw', import: 'default', eager: true }))[0];
  const asked = new Set(documents.flatMap((text) => [...text.matchAll(/"x-right": "(\w+)"/g)].map((found) => found[1])));
  asked.delete('none');
  expect([...asked].filter((right) => !kRights.includes(right as Right))).toEqual([]);
  expect(kRights.filter((right) => !table.includes(`"${right}"`))).toEqual([]);
});

// Looked at by the compiler (`npm run build`): a line that it lets pass is the mistake.
export function whatDoesNotCompile(id: string) {
  // @ts-expect-error: there is no such path
  void get('views/holidays');
  // @ts-expect-error: it is told by POST alone
  const pause: Route<'get'> = 'pause';
  // @ts-expect-error: mistyped
  useMay('complianse_read');
  void get(`views/people/${id}`);
  return pause;
}
