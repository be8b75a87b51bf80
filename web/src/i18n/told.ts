// Why nobody is written to, in the reader's words: the server tells it by codes, and in Spanish.
import type { Language } from '.';

export type Told = (codes: string, spanish: string) => string;

export const toldLoaders: Record<Exclude<Language, 'es'>, () => Promise<Record<string, string>>> = {
  pt: async () => (await import('./told.pt')).told,
  en: async () => (await import('./told.en')).told,
};

// Each sentence once; a code that has none of its own leaves what the server wrote.
export function toldIn(words: Record<string, string>, codes: string, spanish: string): string {
  const sentences = codes.split(' ').map((code) => words[code] ?? words[Object.keys(words).find((begin) => begin.endsWith('_') && code.startsWith(begin)) ?? '']).filter(Boolean);
  if (codes.startsWith('text_failed')) return words.text_failed ?? spanish;
  return spanish && sentences.length > 0 ? [...new Set(sentences)].join(' ') : spanish;
}
