import { expect, it } from 'vitest';
import { fill } from '../i18n';
import { en } from '../i18n/en';
import { es } from '../i18n/es';
import type { Say } from '../i18n';
import { mistakeText, mistakesOf } from './mistakes';

const sources = import.meta.glob<string>(['../../../src/core/strategy/strategy_file.cpp', '../../../src/core/messaging/template_file.cpp', '../../../src/core/agreements/mandate.cpp', '../../../src/app/text_job.cpp'],
  { query: '?raw', import: 'default', eager: true });
const spanish = ((key: keyof typeof es, values = {}) => fill(es[key], values)) as Say;
const english = ((key: keyof typeof en, values = {}) => fill(en[key], values)) as Say;
const joined = (literals: string) => [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1].replaceAll('\\"', '"')).join('');

it('knows every mistake that the readers of strategies and templates speak of', () => {
  const forms = Object.values(sources).flatMap((text) => [
    ...[...text.matchAll(/\.problem\(\s*"\w+",\s*(?:fmt::format\(\s*)?((?:"(?:[^"\\]|\\.)*"\s*)+)/g)].map((found) => joined(found[1])),
    ...[...text.matchAll(/\{line_with\([^\n]*\n\s*fmt::format\(((?:"(?:[^"\\]|\\.)*"\s*)+)/g)].map((found) => joined(found[1])),
  ]);
  expect(forms.length).toBeGreaterThan(20);
  for (const form of forms) {
    const detail = form.replaceAll('{}', '7');
    expect([form, mistakeText(detail, (() => 'known') as unknown as Say)]).toEqual([form, 'known']);
  }
});

it('says them with the place and the remedy', () => {
  expect(mistakeText("unknown key 'messages_per_wek' in caps: did you mean 'messages_per_week'?", spanish)).toBe('«messages_per_wek» no existe en caps: ¿quiso escribir «messages_per_week»?');
  expect(mistakeText("'caps.messages_per_week' is 9 (expected 1 to 7)", spanish)).toBe('«caps.messages_per_week» es 9: escriba un valor de 1 a 7.');
  expect(mistakeText("'name' must be a text, not a whole number", spanish)).toBe('«name» debe ser un texto, no un número entero.');
  expect(mistakeText("'objective' is missing (expected one of: remind, inform)", spanish)).toBe('Falta «objective»: escriba una de estas palabras: remind, inform.');
  expect(mistakeText("'cadence': 'x' is not known: did you mean 'y'?", english)).toBe("'x' is no word for 'cadence': did you mean 'y'?");
  expect(mistakesOf("edition 7 (estandar):12: 'name' is missing (expected a text)\nedition 7 (estandar):3:5: not valid TOML: x", spanish)).toEqual([
    'Línea 12: Falta «name»: escriba un texto.', 'Línea 3: Aquí el texto no está bien escrito (x). Revise las comillas, los corchetes y el signo =.']);
  expect(mistakeText('algo que nadie conoce', spanish)).toBe('algo que nadie conoce');
});
