// What the compliance officer looks at, as the server tells it (docs/rights.md, docs/proof.md, docs/countries).
import type { Key } from '../i18n';

export interface RightsRequest {
  id: string;
  debtor: string;
  name: string;
  kind: 'access' | 'rectification' | 'opposition' | 'erasure';
  through: string;
  received_at: string;
  due_on: string;
  days_left: number;
}
export interface Country {
  country: string;
  version: string;
  authority: string;
  checked_on: string;
  review_by: string;
  calendar_version: string;
  calendar_until: string | null;
  rules: number;
  unconfirmed: number;
}
export interface Compliance {
  requests: RightsRequest[];
  opted_out: number;
  opt_outs: { debtor: string; name: string; channel: string; at: string; through: string }[];
  anchors: { at: string; records: number; root: string }[];
  countries: Country[];
  literal: string[];
}
export interface Rule {
  id: string;
  law: string;
  value: string;
  confidence: string;
  source: string;
  source_url: string;
  valid_from: string | null;
  valid_to: string | null;
  reading: string;
  unconfirmed: boolean;
}
export type CountryRules = Omit<Country, 'rules'> & { rules: Rule[] };
export interface Audit {
  ok: boolean;
  records: number;
  faults: { record: string; kind: string; es: string }[];
}

// Who read what (docs/access.md); `what` is the operation's path in the API.
export interface Read {
  id: string;
  at: string;
  kind: string;
  by: string;
  table: string;
  read: { what: string; people: { id: string; name: string }[] }[];
}
export interface ReadsPage {
  reads: Read[];
  next: string | null;
}
const kWhats: [string, Key][] = [
  ['file', 'reads.what.file'], ['views/people/', 'reads.what.person'], ['debtors/', 'reads.what.person'], ['conversations/', 'reads.what.talk'], ['attachments/', 'reads.what.attachment'],
  ['proofs/', 'reads.what.proof'], ['agreements', 'reads.what.agreement'], ['views/agreements', 'reads.what.agreement'], ['payments', 'reads.what.money'], ['views/payments', 'reads.what.money'],
  ['views/waiting-money', 'reads.what.money'], ['bank-', 'reads.what.money'], ['imports', 'reads.what.preview'],
];
export const whatKey = (what: string): Key => kWhats.find(([start]) => what.startsWith(start))?.[1] ?? 'reads.what.list';
