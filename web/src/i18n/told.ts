// What the server tells by codes, and in Spanish: why nobody is written to, what happened, what is wrong with a text. In the reader's words.
import type { Language } from '.';

export type Told = (codes: string, spanish: string) => string;
type Words = Record<string, string>;
export interface Codes {
  told: Words;
  events: Words;
  findings: Words;
}
export const kSpanish: Codes = { told: {}, events: {}, findings: {} };  // As the server tells it.

export const codesLoaders: Record<Language, () => Promise<Codes>> = {
  es: async () => kSpanish,
  pt: () => import('./told.pt'),
  en: () => import('./told.en'),
};

// The words it found stay before what is wrong with them: "«embargo»: …".
export const findingIn = (words: Words, code: string, spanish: string) => (words[code] ? `${/^«[^»]*»: /.exec(spanish)?.[0] ?? ''}${words[code]}` : spanish);

// Each sentence once; a code that has none of its own leaves what the server wrote.
export function toldIn(words: Record<string, string>, codes: string, spanish: string): string {
  const sentences = codes.split(' ').map((code) => words[code] ?? words[Object.keys(words).find((begin) => begin.endsWith('_') && code.startsWith(begin)) ?? '']).filter(Boolean);
  if (codes.startsWith('text_failed')) return words.text_failed ?? spanish;
  return spanish && sentences.length > 0 ? [...new Set(sentences)].join(' ') : spanish;
}
