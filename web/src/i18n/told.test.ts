import { expect, it } from 'vitest';
import * as english from './told.en';
import * as portuguese from './told.pt';
import { findingIn, toldIn } from './told';

const { told: en } = english, { told: pt } = portuguese;

const sources = Object.entries(import.meta.glob<string>(['../../../src/app/words.cpp', '../../../src/core/compliance/codes.cpp', '../../../src/engine/identify.cpp', '../../../src/core/messaging/check*.cpp', '../../../src/core/messaging/wording.cpp'], { query: '?raw', import: 'default', eager: true }));
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

it('what happened, and what is wrong with a text, has its words as well', () => {
  const events = between('words.cpp', 'kEventTexts[] = {', '};');
  const findings = sources.filter(([name]) => /check|wording/.test(name)).flatMap(([, text]) => [...text.matchAll(/(?:findings\.(?:error|warning)\(\s*|\{)"(\w+)",\s*(?=\w)/g)].map((found) => found[1]));
  expect(events.length).toBeGreaterThan(140);
  expect(findings.length).toBeGreaterThan(40);
  for (const words of [english, portuguese]) {
    expect(events.filter((kind) => !words.events[kind])).toEqual([]);
    expect(findings.filter((code) => !words.findings[code])).toEqual([]);
  }
  expect(findingIn(english.findings, 'threat', '«embargo»: amenaza o asusta')).toBe('«embargo»: It threatens or frightens; say it without pressure.');
  expect(findingIn({}, 'threat', '«embargo»: amenaza')).toBe('«embargo»: amenaza');
});
