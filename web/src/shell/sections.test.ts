import { expect, it } from 'vitest';
import { sections } from './sections';

const browser = Object.values(import.meta.glob<string>('../../../tests/browser/*.test.mjs', { query: '?raw', import: 'default', eager: true })).join();

it('sections are each reached by one path and one key, and the browser test opens them all', () => {
  for (const member of ['path', 'key', 'name'] as const) expect(new Set(sections.map((one) => one[member])).size).toBe(sections.length);
  expect(sections.map((one) => one.path).filter((path) => !["'", '`'].some((mark) => browser.includes(mark + path + mark) || browser.includes(`${mark}${path}?`)))).toEqual([]);
});
