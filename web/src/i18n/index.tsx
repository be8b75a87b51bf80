// The words of the application in the user's language, and numbers, money and moments as the creditor's country writes them.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { es } from './es';
import { forms } from './forms';
import { codesLoaders, findingIn, kSpanish, toldIn, type Codes, type Told } from './told';

export type Key = keyof typeof es;
export type Words = Record<Key, string>;
export type Language = 'es' | 'pt' | 'en';
export type Say = (key: Key, values?: Record<string, string | number>) => string;

// "{n} días": values stand in braces. A text with a bar has two forms, for one and for several of `n`: "{n} día|{n} días".
// Numbers are written as `number` does: "1.930".
export function fill(text: string, values: Record<string, string | number> = {}, language = 'es', number: (value: number) => string = String): string {
  const forms = text.split('|');
  const form = forms.length > 1 && new Intl.PluralRules(language).select(Number(values.n)) !== 'one' ? forms[1] : forms[0];
  const written = (value: string | number) => (typeof value === 'number' ? number(value) : value);
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? written(values[name]) : whole));
}

const loaders: Record<Language, () => Promise<Words>> = {
  es: async () => es,
  pt: async () => (await import('./pt')).pt,
  en: async () => (await import('./en')).en,
};

export const isLanguage = (text: string | null): text is Language => text === 'es' || text === 'pt' || text === 'en';

export interface Formats {
  money: (minor: number, currency: string) => string;
  number: (value: number) => string;
  short: (value: number) => string;     // "1,5 M"
  percent: (value: number) => string;
  day: (date: string) => string;        // A civil date, YYYY-MM-DD.
  price: (usdMicros: number) => string; // "US$ 1,20"; of less than a cent as much as says something, "US$ 0,0032"
  moment: (at: string) => string;       // RFC 3339: the day and the hour.
  hour: (at: string) => string;         // "9:14"
  long: (at: string) => string;         // "lunes, 23 de noviembre"
  since: (at: string) => string;        // "hace 3 horas"
  near: (at: string) => string;         // "hoy, 9:14", "mié, 2 de dic, 9:14"
  brief: (at: string) => string;        // Where there is little room: "9:14" of today, "2 de dic"
  nearDay: (at: string) => string;      // "mañana", "mié, 2 de dic"
  days: (from: string, to: string) => string;  // Of civil days: "3–11 de noviembre".
  country: (code: string) => string;    // "Colombia"
  currency: (code: string) => string;   // "peso colombiano (COP)"
  today: () => string;                  // The house's civil day, YYYY-MM-DD.
}

// What begins a line begins with a capital.
export const sentence = (text: string) => text.replace(/^./u, (first) => first.toUpperCase());

// Of ISO 4217, as the books have them; a browser's own table says 0 where nobody pays with cents (COP).
const kDigits: Record<string, number> = { CLF: 4, CLP: 0, PYG: 0, UYI: 0 };
export const digitsOf = (currency: string) => kDigits[currency] ?? 2;

// Where the house has a time of its own (the demonstration), how far it is ahead of this machine's.
let aheadMs = 0;
export const clockIs = (now: string) => { aheadMs = new Date(now).getTime() - Date.now(); };
export const houseNow = () => new Date(Date.now() + aheadMs);

// Money is written as in its own country, whoever reads it: "S/ 780.00", "$ 69.900".
const kHomes: Record<string, string> = { ARS: 'es-AR', BOB: 'es-BO', BRL: 'pt-BR', CLP: 'es-CL', COP: 'es-CO', CRC: 'es-CR', DOP: 'es-DO', EUR: 'es-ES', GTQ: 'es-GT', MXN: 'es-MX', PAB: 'es-PA', PEN: 'es-PE', PYG: 'es-PY', UYU: 'es-UY' };

// A sum in what was written stays on one line with its sign, also where a plain blank was sent between them: "$ 418.080".
export const unbroken = (text: string) => text.replace(/(\$|S\/|Bs\.?|₲|[A-Z]{3}) (?=\d)/g, '$1\u00a0');

export function formatsOf(locale: string, zone: string | undefined, justNow?: string): Formats {
  const moneys = new Map<string, Intl.NumberFormat>();
  const moneyOf = (currency: string) => {
    const digits = digitsOf(currency);
    const known = moneys.get(currency) ?? new Intl.NumberFormat(kHomes[currency] ?? locale, {
      style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits, trailingZeroDisplay: currency === 'COP' ? 'stripIfInteger' : 'auto',
    } as Intl.NumberFormatOptions);
    moneys.set(currency, known);
    return known;
  };
  const small = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });
  const number = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  const hour = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  const dayOnly = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: zone });
  const dayOf = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const currencies = new Intl.DisplayNames(locale, { type: 'currency' });
  const civil = (at: Date) => at.toLocaleDateString('en-CA', { timeZone: zone });
  const nearDay = (at: string) => {
    const days = Math.round((Date.parse(civil(new Date(at))) - Date.parse(civil(houseNow()))) / 86_400_000);
    return Math.abs(days) <= 1 ? relative.format(days, 'day') : dayOf.format(new Date(at));
  };
  return {
    nearDay,
    brief: (at) => (civil(new Date(at)) === civil(houseNow()) ? hour : dayOnly).format(new Date(at)),
    near: (at) => `${nearDay(at)}, ${hour.format(new Date(at))}`,
    money: (minor, currency) => moneyOf(currency).format(minor / 10 ** digitsOf(currency)),
    price: (usdMicros) => (usdMicros > 0 && usdMicros < 10_000 ? small : moneyOf('USD')).format(usdMicros / 1_000_000),
    number: (value) => number.format(value),
    short: (value) => short.format(value),
    percent: (value) => percent.format(value),
    days: (from, to) => days.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)),
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    moment: (at) => moment.format(new Date(at)),
    hour: (at) => hour.format(new Date(at)),
    long: (at) => long.format(new Date(at)),
    since: (at) => {
      const minutes = (new Date(at).getTime() - houseNow().getTime()) / 60_000;
      if (Math.abs(minutes) < 0.5) return justNow ?? relative.format(0, 'second');
      if (Math.abs(minutes) < 60) return relative.format(Math.round(minutes), 'minute');
      if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
      return relative.format(Math.round(minutes / 1440), 'day');
    },
    country: (code) => countries.of(code) ?? code,
    currency: (code) => `${currencies.of(code) ?? code} (${code})`,
    today: () => civil(houseNow()),
  };
}

interface Spoken {
  say: Say;
  language: Language;
  setLanguage: (language: Language) => void;
  format: Formats;
  told: Told;
  eventOf: Told;    // What happened, by its kind.
  findingOf: Told;  // What is wrong with a text, by its code.
  home: string;     // The language of what the house writes, for `lang` where it is shown to who reads another.
}
const SpokenContext = createContext<Spoken | null>(null);

const kStored = 'puntual.language';

export function Speaking({ country, zone, language: home, children }: { country?: string; zone?: string; language?: string; children: ReactNode }) {
  const stored = localStorage.getItem(kStored);
  const preferred = home?.slice(0, 2) ?? navigator.language.slice(0, 2);
  const [language, choose] = useState<Language>(isLanguage(stored) ? stored : isLanguage(preferred) ? preferred : 'es');
  const [words, setWords] = useState<Words | null>(language === 'es' ? es : null);
  const [codes, setCodes] = useState<Codes>(kSpanish);
  useEffect(() => {
    let wanted = true;
    void loaders[language]().then((found) => wanted && setWords(found));
    void codesLoaders[language]().then((found) => wanted && setCodes(found));
    document.documentElement.lang = language === 'es' ? 'es-419' : language === 'pt' ? 'pt-BR' : 'en';
    return () => { wanted = false; };
  }, [language]);
  const spoken = useMemo(() => {
    if (!words) return null;
    const format = formatsOf(country ? `${language === 'pt' && country !== 'BR' ? 'es' : language}-${country}` : language, zone, words['time.justNow']);
    const own = (language === 'es' && forms[country ?? '']) || {};
    return {
      say: ((key, values) => fill(own[key] ?? words[key], values, language, format.number)) as Say,
      language,
      setLanguage: (chosen: Language) => { localStorage.setItem(kStored, chosen); choose(chosen); },
      format,
      told: ((told, spanish) => toldIn(codes.told, told, spanish)) as Told,
      eventOf: ((kind, spanish) => codes.events[kind] ?? spanish) as Told,
      findingOf: ((code, spanish) => findingIn(codes.findings, code, spanish)) as Told,
      home: home?.replace('_', '-') ?? 'es',
    };
  }, [words, codes, language, country, zone, home]);
  return spoken && <SpokenContext.Provider value={spoken}>{children}</SpokenContext.Provider>;
}

export function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error('Speaking is missing');
  return spoken;
}
export const useSay = () => useSpoken().say;
export const useFormat = () => useSpoken().format;
export const useTold = () => useSpoken().told;
export const useHome = () => useSpoken().home;
