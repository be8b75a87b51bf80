import { expect, it } from 'vitest';
import { told as en } from './told.en';
import { told as pt } from './told.pt';
import { toldIn } from './told';

const sources = Object.entries(import.meta.glob<string>(['../../../src/app/words.cpp', '../../../src/core/compliance/codes.cpp', '../../../src/engine/identify.cpp'], { query: '?raw', import: 'default', eager: true }));
const between = (file: string, from: string, to: string) => {
  const text = sources.find(([name]) => name.endsWith(file))![1];
  const begin = text.indexOf(from);
  return [...text.slice(begin, text.indexOf(to, begin)).matchAll(/\{"(\w+)",\s*"/g)].map((found) => found[1]);
};
const codes = [...between('words.cpp', 'kCodeTexts[] = {', '};'), ...between('codes.cpp', 'kReasonTexts[] = {', '};'), ...between('identify.cpp', 'kTexts[] = {', '};')];

it('every reason that the server gives in Spanish has its words in the other languages', () => {
  expect(codes.length).toBeGreaterThan(70);
  for (const words of [en, pt]) expect(codes.filter((code) => !words[code])).toEqual([]);
  expect(Object.keys(pt)).toEqual(Object.keys(en));
});

it('tells each reason once, and leaves what it does not know as it came', () => {
  expect(toldIn(en, 'WINDOW_HOURS WINDOW_HOLIDAY', 'Fuera del horario. Es día festivo.')).toBe('Outside of the hours that the law allows. It is a holiday.');
  expect(toldIn(en, 'erased ERASED', 'x')).toBe('Their data were erased at their wish.');
  expect(toldIn(en, 'TEMPLATE_PAUSED', 'x')).toBe('The template is not approved at this moment.');
  expect(toldIn(en, 'NEVER_HEARD_OF', 'Algo nuevo.')).toBe('Algo nuevo.');
});
