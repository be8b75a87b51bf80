// What the server tells of the figures, and what the page works out from it.
export interface Cohort {
  due: string;  // "2026-03"; empty: without a due date.
  invoices: number;
  asked_minor: number;
  owed_minor: number;
  recovered_minor: number;
  forgiven_minor: number;
  elsewhere_minor: number;  // Paid before the first message to the person: as the creditor's file says, or by payments.
  periods: number[];        // Recovered by the due date, then within each further 30 days.
}
export interface MoneyFigures {
  currency: string;
  owed_minor: number;
  recovered_minor: number;
  recovered_since_minor: number;
  paid_before_minor: number;
  billed_minor: number;
  dso: number | null;
  cohorts: Cohort[];
}
export interface Age {
  currency: string;
  age: string;
  people: number;
  owed_minor: number;
}
export interface AgreementSum {
  kind: string;
  state: string;
  currency: string;
  count: number;
  amount_minor: number;
}
export interface Funnel {
  sent: number;
  delivered: number;
  read: number;
  replied: number;
  paid: number;
}
export interface StrategySum {
  version: string;
  people: number;
  ripe: number;  // Reminded two weeks ago or longer.
  paid: number;  // Of those, in these two weeks.
  low: number;
  high: number;
}
export interface Cost {
  delivered: number;
  usd_micros: number;
}
export interface AnalysisView {
  today: string;
  days: number;
  aging: Age[];
  money: MoneyFigures[];
  funnel: Funnel;
  heard: number[][];  // From Monday on, 24 hours each.
  strategies: StrategySum[];
  agreements: AgreementSum[];
  cost: Cost & { by_currency: (Cost & { currency: string })[] };
}

export const kAges = ['due', '30', '60', '90', 'more'] as const;
export const kSteps = ['sent', 'delivered', 'read', 'replied', 'paid'] as const;

// Of what was not paid already before the house wrote.
export const baseOf = (cohort: Cohort) => cohort.asked_minor - cohort.elsewhere_minor;
export const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

const kDayMs = 86_400_000;

// How much of a cohort was recovered by each 30 days after the end of its month, as a share; as far as that has passed for all of it.
export function curveOf(cohort: Cohort, today: string): number[] {
  if (!cohort.due || baseOf(cohort) <= 0) return [];
  const [year, month] = cohort.due.split('-').map(Number);
  const end = Date.UTC(year, month, 0);
  const passed = Math.floor((Date.parse(`${today}T00:00:00Z`) - end) / kDayMs / 30);
  let sum = 0;
  return cohort.periods.slice(0, Math.max(0, passed + 1)).map((minor) => {
    sum += minor;
    return sum / baseOf(cohort);
  });
}

// Agreements that have ended, and of those the kept ones; what was called off was neither.
export function keptOf(agreements: AgreementSum[]): { kept: number; ended: number } {
  const count = (...states: string[]) => agreements.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.count, 0);
  return { kept: count('kept'), ended: count('kept', 'partly_kept', 'broken') };
}

// Of a thousand or a million recovered: so many that what it cost is at least a cent.
export function costPer(usdMicros: number, recoveredMajor: number): { usd: number; per: number } | null {
  if (usdMicros <= 0 || recoveredMajor <= 0) return null;
  let per = 1000;
  while ((usdMicros / 1e6) * per / recoveredMajor < 0.01) per *= 10;
  return { usd: (usdMicros / 1e6) * per / recoveredMajor, per };
}

const localeOf = (language: string) => (language === 'es' ? 'es-419' : language);
// "2026-03": "mar 2026".
export const monthName = (month: string, language: string) => new Intl.DateTimeFormat(localeOf(language), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
// 0: Monday.
export const weekdayName = (day: number, length: 'short' | 'long', language: string) => new Intl.DateTimeFormat(localeOf(language), { weekday: length, timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 5 + day)));
