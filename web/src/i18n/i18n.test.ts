// No word is missing in any language, none is left over, and no page speaks by itself.
import { describe, expect, it } from 'vitest';
import { clockIs, fill, formatsOf, houseNow, unbroken } from '.';
import { en } from './en';
import { es } from './es';
import { pt } from './pt';

const pages = Object.entries(import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }))
  .filter(([name]) => !/\.test\.|\/i18n\//.test(name))
  .map(([name, text]) => ({ name, text }));
const code = pages.map((page) => page.text).join('\n');

describe('words', () => {
  it('are there in every language, with the same values and forms', () => {
    const shape = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted().join() + String(text.includes('|'));
    for (const words of [pt, en]) {
      expect(Object.keys(words)).toEqual(Object.keys(es));
      for (const [key, text] of Object.entries(words)) expect([key, shape(text)]).toEqual([key, shape(es[key as keyof typeof es])]);
    }
  });

  it('are all used', () => {
    // By their whole name, or (`invoice.${state}`) by its beginning.
    const beginnings = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((found) => found[1]);
    const idle = Object.keys(es).filter((key) => !code.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)));
    expect(idle).toEqual([]);
  });

  it('stand nowhere else', () => {
    const own = /^(Puntual|Ctrl K|Español|Português|English)$/;
    for (const { name, text } of pages.filter((page) => page.name.endsWith('.tsx'))) {
      const literals = [...text.matchAll(/(?<!=)>\s*([^<>{}()=;&|]*\p{L}{2,}[^<>{}()=;&|]*?)\s*<\/?[A-Za-z]/gu), ...text.matchAll(/\b(?:title|label|placeholder|aria-label|description|alt)="([^"]+)"/g)];
      expect([name, literals.map((found) => found[1].trim()).filter((words) => !own.test(words))]).toEqual([name, []]);
    }
  });
});

describe('what waits for somebody', () => {
  it('has a title in every language, in Spanish that of the server', () => {
    const told = Object.values(import.meta.glob<string>('../../../src/store/sql/sql_tasks.cpp', { query: '?raw', import: 'default', eager: true })).join();
    const titles = [...told.slice(told.indexOf('kTaskNames'), told.indexOf('}}}};') + 1).matchAll(/\{"(\w+)", "([^"]+)"\}/g)].map(([, kind, title]) => [`task.${kind}`, title]);
    expect(titles.length).toBeGreaterThan(20);
    expect(Object.entries(es).filter(([key]) => key.startsWith('task.'))).toEqual(titles);
  });
});

describe('the time', () => {
  it('is the house\'s, and no page asks the browser for it', () => {
    const askers = pages
      .filter((page) => !page.name.startsWith('./') && /Date\.now\(\)|new Date\(\)/.test(page.text)).map((page) => page.name);
    expect(askers).toEqual(['../ui/keys.ts']);
    clockIs('2031-03-01T02:00:00Z');
    expect(formatsOf('es-CO', 'America/Bogota').today()).toBe('2031-02-28');
    clockIs(new Date().toISOString());
  });
});

describe('forms', () => {
  it('have one for one and one for several', () => {
    expect(fill('{n} día|{n} días', { n: 1 })).toBe('1 día');
    expect(fill('Guardar {n} fila|Guardar {n} filas', { n: 1930 }, 'es', formatsOf('es-CO', undefined).number)).toBe('Guardar 1.930 filas');
    expect(fill('{n} día|{n} días', { n: 0 })).toBe('0 días');
    expect(fill('{n} dia|{n} dias', { n: 0 }, 'pt')).toBe('0 dia');
    expect(fill('{a} de {b}', { a: 'x' })).toBe('x de {b}');
  });
});

describe('a short number', () => {
  it('has the mark that the numbers beside it have', () => {
    expect(formatsOf('es-CO', undefined).short(1_530_000).replace(/\s/g, ' ')).toBe('1,5 M');
  });
});

describe('a moment near by', () => {
  it('is told by the day that the house lives in, not by hours', () => {
    clockIs('2026-11-24T23:30:00-05:00');
    const { near, nearDay } = formatsOf('es-CO', 'America/Bogota');
    expect(near('2026-11-24T09:14:00-05:00')).toBe('hoy, 9:14');
    expect(nearDay('2026-11-25T00:00:00-05:00')).toBe('mañana');
    expect(nearDay('2026-12-02T00:00:00-05:00')).toBe('mié, 2 de dic');
  });
});

describe('a price', () => {
  it('of less than a cent is not nothing', () => {
    const { price } = formatsOf('es-CO', undefined);
    expect([3200, 800_000, 0].map((micros) => price(micros).replace(/\s/g, ' '))).toEqual(['US$ 0,0032', 'US$ 0,80', 'US$ 0,00']);
  });
});

describe('a sum in a text', () => {
  it('keeps its sign', () => {
    expect(unbroken('por $ 418.080, S/ 780.00, R$ 5,00 o COP 12; factura FE 12 y US$ 3')).toBe('por $\u00a0418.080, S/\u00a0780.00, R$\u00a05,00 o COP\u00a012; factura FE 12 y US$\u00a03');
  });
});

describe('money', () => {
  const { money, day } = formatsOf('es-CO', 'America/Bogota');
  const plain = (text: string) => text.replace(/\s/g, ' ');
  it('is written as in its own country', () => {
    expect(plain(money(125_000_000, 'COP'))).toBe('$ 1.250.000');
    expect(plain(money(123_456_789, 'COP'))).toBe('$ 1.234.567,89');
    expect(plain(money(1_234_568, 'CLP'))).toBe('$1.234.568');
    expect(plain(money(78_000, 'PEN'))).toBe('S/ 780.00');
    expect(plain(money(123_450, 'BRL'))).toBe('R$ 1.234,50');
    expect(plain(money(123_450, 'DOP'))).toBe('RD$1,234.50');
  });
  it('and days as days, in whatever zone one sits', () => {
    expect(day('2026-03-01')).toBe('01/03/2026');
  });
});

it('says of what has just happened that it was a moment ago', () => {
  clockIs('2031-03-01T12:00:00Z');
  const { since } = formatsOf('es-CO', 'America/Bogota', 'hace un momento');
  expect(since(new Date(houseNow().getTime() - 10_000).toISOString())).toBe('hace un momento');
  expect(since(new Date(houseNow().getTime() - 120_000).toISOString())).toBe('hace 2 minutos');
  clockIs(new Date().toISOString());
});
