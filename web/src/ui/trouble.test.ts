import { expect, it } from 'vitest';
import { Problem } from '../api/client';
import type { Say } from '../i18n';
import { isForReading, troubleText } from './Trouble';

const say = ((key: string) => key) as Say;

it('what the server says for engineers is said in words of the page, and what it says for people as it is', () => {
  expect(troubleText(new Problem(409, 'conflict', 'task 7 was closed by luis (done)'), say)).toBe('trouble.code.conflict');
  expect(troubleText(new Problem(403, 'forbidden', 'this needs the right pause, which agent does not have'), say)).toBe('trouble.forbidden');
  expect(troubleText(new Problem(409, 'conflict', 'la persona escribió algo más mientras usted contestaba'), say)).toBe('la persona escribió algo más mientras usted contestaba');
});

// What the server refuses with, as it stands in its source.
const refusals = Object.values(import.meta.glob<string>(['../../../src/{core,engine,app,access}/**/*.cpp', '!../../../src/**/*_test.cpp'], { query: '?raw', import: 'default', eager: true }))
  .flatMap((source) => [...source.matchAll(/\bfail\(\s*ErrorCode::\w+,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g)].map((found) => found[1].replace(/"\s*"/g, '').slice(1, -1)));

it('every refusal in Spanish is read as it is, and none in English', () => {
  const isSpanish = (text: string) => /[áéíóúñ]|\bno (?:se|hay|existe|debe|tiene)\b|\b(?:factura|escriba|cuenta|partes|nadie)\b/.test(text.replace(/'[^']*'/g, ''));  // Examples in quotes are Spanish anyhow.
  const spanish = refusals.filter(isSpanish);
  expect(spanish.length).toBeGreaterThan(50);
  expect(spanish.filter((text) => !isForReading(text))).toEqual([]);
  const english = refusals.filter((text) => /\b(?:expected|cannot|the|is)\b/.test(text));
  expect(english.length).toBeGreaterThan(50);
  expect(english.filter(isForReading)).toEqual([]);
  expect(['text: escriba algo', "de la factura '{}' no se deben intereses ni gastos", 'WhatsApp no tiene aprobada la plantilla aviso (es)', "no existe la factura 'F-THE-1'"].filter((text) => !isForReading(text))).toEqual([]);
});
