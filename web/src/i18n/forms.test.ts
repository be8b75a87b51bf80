import { expect, it } from 'vitest';
import { es } from './es';
import { forms } from './forms';

const foreign: Record<string, RegExp> = { CO: /computadora|incobrable|parcialidad/, CL: /computadora/, PE: /computador\b/, AR: /computador\b|perdida/, MX: /computador\b|perdida|[Cc]uota|[Mm]ora\b/ };
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[0]).sort();

it('each country hears its own words and none of another', () => {
  for (const [country, words] of Object.entries(foreign)) {
    const said: Record<string, string> = { ...es, ...forms[country] };
    expect(Object.entries(said).filter(([, text]) => words.test(text)), country).toEqual([]);
  }
});

it('a form says something else than es.ts, with the same values', () => {
  for (const form of Object.values(forms)) {
    for (const [key, text] of Object.entries(form)) {
      const base = es[key as keyof typeof es];
      expect(text, key).not.toBe(base);
      expect(holes(text), key).toEqual(holes(base));
    }
  }
});
