// Money as the server tells it: what came in, and what waits for a person's word (docs/payments-flow.md, docs/books.md).
import type { Key, Say } from '../i18n';

export interface Payment {
  id: string;
  debtor: string | null;
  name: string;
  paid_on: string;
  amount_minor: number;
  currency: string;
  unapplied_minor: number;
  returned_minor: number;
  source: string;
  method: string;
  reference: string;
  invoices: string[];
}
export interface PaymentsPage {
  payments: Payment[];
  next: string | null;
}
export interface HeldMoney {
  subject: string;
  provider: string;
  debtor: string | null;
  name: string;
  amount_minor: number;
  currency: string;
  trouble: string;
  payment: string | null;
  changed_at: string;
}
export interface WaitingMoney {
  nobodys: Payment[];
  held: HeldMoney[];
  refunds: AskedRefund[];
}
// Asked for by one person; another approves it.
export interface AskedRefund {
  payment: string;
  debtor: string | null;
  name: string;
  provider: string;
  amount_minor: number;
  currency: string;
  by: string;
  why: string;
  at: string;
}
export interface BankLine {
  id: string;
  state: 'applied' | 'proposed' | 'unmatched' | 'ignored' | 'returned';
  on: string;
  amount_minor: number;
  currency: string;
  reference: string;
  document: string;
  name: string;
  description: string;
  rule: string;
  confidence: number;
  debtor: string;
  debtor_name: string;
  invoices: string[];
}
export interface BankFile {
  id: string;
  bank: string;
  account: string;
  on: string;
  name: string;
  received_at: string;
  state: 'begun' | 'taken' | 'set_aside';
  trouble: string;
  lines: number;
}
export interface BankReport {
  new: boolean;
  account: string;
  lines: number;
  unchanged: number;
  applied: number;
  proposed: number;
  unmatched: number;
  ignored: number;
  returned: number;
  applied_minor: number;
  currency: string;
  description: string;
}

// Why money is held, as a sentence; what is new to this page is told as such.
const kTroubles = ['possible_duplicate', 'unknown_reference', 'wrong_currency', 'unknown_currency', 'foreign_account', 'wrong_environment', 'amount_changed', 'not_booked', 'not_reversed'];
export const troubleKey = (code: string) => `held.${kTroubles.includes(code) ? code : 'other'}` as Key;

// The last two: where nobody real pays.
const kSources = ['file', 'cli', 'api', 'bank', 'demo', 'sim'];
const kMethods = ['cash', 'transfer', 'other'];
export const isOfProvider = (source: string) => !kSources.includes(source);
// A provider's own name is its name; how somebody paid there is written as it is told.
export const sourceKey = (source: string) => (kSources.includes(source) ? (`payments.source.${source}` as Key) : null);
export const methodKey = (method: string) => (kMethods.includes(method) ? (`person.paid.${method}` as Key) : null);

// Through whom and how it came in, each word once.
export function throughOf({ source, method }: { source: string; method: string }, say: Say): string {
  const words = [[source, sourceKey(source)], [method === source ? '' : method, methodKey(method)]].map(([code, key]) => (key ? say(key as Key) : code!)).filter(Boolean);
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].join(' · ');
}
