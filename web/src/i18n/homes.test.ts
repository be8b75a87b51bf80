import { expect, it } from 'vitest';
import { formatsOf } from '.';

const packs = Object.entries(import.meta.glob<string>('../../../packs/*.toml', { query: '?raw', import: 'default', eager: true }));
const currencies = new Set(packs.flatMap(([, text]) => /^currency = "(\w+)"/m.exec(text)?.[1] ?? []));

it('every country with a pack of its own sees its money as it is written at home, whatever the language of the page', () => {
  currencies.delete('USD'); // Of several countries that write it differently.
  expect(currencies.size).toBeGreaterThan(12);
  const written = (currency: string) => ['es-419', 'es-PE', 'pt-BR', 'en'].map((locale) => formatsOf(locale, 'UTC').money(123456789, currency));
  for (const currency of currencies) expect(new Set(written(currency)).size, `${currency} is missing in kHomes: ${written(currency).join(' / ')}`).toBe(1);
});
