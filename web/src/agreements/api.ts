// Agreements as the server tells them (docs/agreements.md).
export interface Progress {
  id: string;
  debtor: string | null;
  name: string;
  kind: 'promise' | 'plan';
  state: string;
  made_at: string;
  currency: string;
  total_minor: number;
  paid_minor: number;
  instalments: number;
  met: number;
  next: { due_on: string; missing_minor: number; is_late: boolean } | null;
}
export interface AgreementsPage {
  counts: Record<string, number>;
  agreements: Progress[];
  next: string | null;
}
export interface Agreement {
  id: string;
  debtor: string;
  name: string;
  kind: 'promise' | 'plan';
  state: string;
  made_at: string;
  ended_at: string | null;
  through: string;
  mandate_version: string;
  currency: string;
  total_minor: number;
  discount_minor: number;
  paid_minor: number;
  grace_days: number;
  invoices: string[];
  instalments: { number: number; due_on: string; amount_minor: number; met: boolean }[];
  words: string;
}
export const kStates = ['active', 'kept', 'partly_kept', 'broken', 'cancelled'] as const;

// What may be offered today, and what is put together (GET /v1/debtors/{id}/offers).
export interface Offer {
  kind: 'promise' | 'plan';
  total_minor: number;
  discount_minor: number;
  instalments: { due_on: string; amount_minor: number }[];
  beyond?: { bound: string; limit: number; day: string | null } | null;
}
export interface Offers {
  debtor: string;
  owed_minor: number;
  currency: string;
  today: string;
  invoices: string[];
  left_out: { invoice: string; due_on: string | null; why: 'later' | 'disputed' | 'currency' | 'no_due_date' }[];
  claims_paid: boolean;  // Says to have paid, and nobody has answered it yet.
  why_not_sent: 'disputed' | 'too_old' | 'no_mandate' | 'agreed' | 'hours' | null;
  mandate: { parts_max: number; promise_until: string; plan_until: string; discount_max_minor: number } | null;
  offers: Offer[];
  draft?: Offer;
}
