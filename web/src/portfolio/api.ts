export interface PortfolioView {
  ages: { currency: string; age: string; people: number; owed_minor: number }[];
  silences: { codes: string; es: string; people: number }[];
}
// What the server tells of one person.
export interface Invoice {
  number: string;
  product: string;
  due_on: string | null;
  currency: string;
  amount_minor: number;
  balance_minor: number;
  state: string;
}
export interface Happened {
  at: string;
  kind: string;
  es: string;
  reasons: string;
  laws: string[];
  may_from: string | null;
  message_id: string;  // "0": of none.
  payment_id: string;
}
export interface PersonView {
  debtor: string;
  name: string;
  phone: string;
  now: { allowed: boolean; reasons: { code: string; es: string }[]; laws: string[]; next_allowed: string | null };
  silence: string;
  silence_es: string;
  silent_until: string | null;
  next_review_at: string | null;
  opted_out: boolean;
  invoices: Invoice[];
  messages: { id: string; state: string; template: string; planned_at: string; handed_over_at: string | null; text: string }[];
  timeline: Happened[];
  payments: { id: string; paid_on: string; amount_minor: number; currency: string; returned_minor: number; unapplied_minor: number; method: string; source: string; recorded_at: string; invoices: string[]; is_spent: boolean }[];
  agreements: { id: string; kind: 'promise' | 'plan'; state: string; made_at: string; total_minor: number; currency: string; instalments: { due_on: string; amount_minor: number }[] }[];
}
export interface PersonFacts {
  role: string;
  identity: { state: string; evidence: string; reference: string; verified_on: string | null };
  consents: { act: string; channel: string; at: string; dated: boolean; kind: string; instrument: string }[];
  consent_in_force: string | null;
  opt_outs: { channel: string; at: string; through: string }[];
  opted_out: boolean;
}

// What is owed, by currency.
export function owedOf(invoices: Invoice[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const one of invoices) if (one.balance_minor > 0 && one.state !== 'written_off') sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.balance_minor);
  return [...sums];
}

// "1.234,50" or "1234.5" as minor units of a currency with so many digits; null: no amount.
export function minorOf(text: string, digits: number): number | null {
  const plain = /^[^\d-]*([\d.,\s]+)$/.exec(text)?.[1].replace(/\s/g, '') ?? '';
  const mark = /[.,](\d{1,2})$/.exec(plain);
  const whole = (mark ? plain.slice(0, mark.index) : plain).replace(/[.,]/g, '');
  const part = mark?.[1] ?? '';
  if (!/^\d*$/.test(whole) || whole + part === '' || part.length > digits) return null;
  const minor = Number(whole || '0') * 10 ** digits + Number(part.padEnd(digits, '0') || '0');
  return minor > 0 && Number.isSafeInteger(minor) ? minor : null;
}

// What to say of writing to a person: the law's yes is not a message that leaves.
export function verdictOf({ invoices, now, silence }: Pick<PersonView, 'invoices' | 'now' | 'silence'>): 'owesNothing' | 'refused' | 'silent' | 'allowed' {
  if (owedOf(invoices).length === 0) return 'owesNothing';
  if (!now.allowed) return 'refused';
  return silence ? 'silent' : 'allowed';
}

// What happened as deeds, newest first: all steps of one message are one deed, which stands where it came last and is told by how far
// it came. What people did with it is a deed of its own.
const kWay = new Set(['proposed', 'rewritten', 'postponed', 'try_later', 'uncertain', 'sending', 'accepted', 'sent', 'delivered', 'read', 'failed', 'rejected', 'cancelled', 'expired']);
export function deedsOf<Step extends Pick<Happened, 'kind' | 'message_id'>>(oldestFirst: Step[]): Step[][] {
  const deeds: Step[][] = [];
  const ofMessage = new Map<string, Step[]>();
  for (const step of oldestFirst.toReversed()) {
    const isWay = kWay.has(step.kind) && step.message_id !== '0';
    const begun = isWay ? ofMessage.get(step.message_id) : undefined;
    if (begun) { begun.push(step); continue; }
    const deed = [step];
    deeds.push(deed);
    if (isWay) ofMessage.set(step.message_id, deed);
  }
  return deeds;
}

// Equal refusals that follow one another stand together: for the same reasons a message did not leave, or none was made.
const kNo = new Set(['silent', 'postponed', 'cancelled', 'expired']);
type Told = Pick<Happened, 'kind' | 'reasons'>;
const isSameNo = (a: Told, b: Told) => kNo.has(a.kind) && a.kind === b.kind && a.reasons !== '' && a.reasons === b.reasons;
export function foldedOf<Step extends Told>(deeds: Step[][]): Step[][][] {
  const folds: Step[][][] = [];
  for (const deed of deeds) {
    const before = folds.at(-1);
    if (before && isSameNo(before[0][0], deed[0])) before.push(deed);
    else folds.push([deed]);
  }
  return folds;
}
// The days of these deeds, in their own civil time, each once.
export const daysOf = (deeds: Pick<Happened, 'at'>[][]) => [...new Set(deeds.map(([event]) => event.at.slice(0, 10)))];
