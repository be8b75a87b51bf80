import type { Key, Say } from '../i18n';
import type { DraftNote, EditionNote } from '../texts/api';

export interface Step {
  id: string;
  day: number;
  objective: string;
  tone: string;
  gap_days: number;
  valid_days: number | null;
  template: string;
  sample: string | null;
  document: boolean;
  waits_for_review: boolean;
}
// What the house agrees on by itself; one instalment: it offers no plan.
export interface MandateRules {
  promise_days_max: number;
  promise_percent_min: number;
  instalments_max: number;
  plan_days_max: number;
  fortnightly: boolean;
  down_payment_percent_min: number;
  down_payment_days: number;
  discount_percent: number;
  agreements_max: number;
  agreements_months: number;
  broken_max: number;
  grace_days: number;
}
export interface Strategy {
  name: string;
  version: string;
  in_force: boolean;
  text: string;
  messages_per_day: number;
  messages_per_week: number;
  gap_days: number;
  first_minute: number;
  minimum_balance_minor: number;
  currency: string;
  stop_on: string[];
  cadences: { segments: string[]; steps: Step[] }[];
  mandates: { segments: string[]; rules: MandateRules }[];
}
export interface StrategiesView {
  paused: boolean;
  people: number;
  four_eyes: boolean;
  drafts: DraftNote[];
  editions: EditionNote[];
  strategies: Strategy[];
}
export interface Reason {
  codes: string;
  es: string;
  count: number;
}
export interface RehearsalAnswer {
  from: string;
  owing: number;
  reached: number;
  messages: number;
  cost_usd_micros: number;
  by_day: { on: string; messages: number; holiday: string }[];
  by_step: { step: string; template: string; messages: number; sample: string }[];
  waits: Reason[];
  unreached: Reason[];
}
export interface Rehearsal {
  id: string;
  strategy: string;
  by: string;
  begun_at: string;
  day: number;
  days: number;
  state: string;
  trouble: string;
  answer: RehearsalAnswer | null;
}

// The days in weeks that begin on Monday, with the weeks' missing days before the first and after the last.
export function weeksOf<T extends { on: string }>(days: T[]): (T | null)[][] {
  const cells: (T | null)[] = [];
  for (let before = days.length > 0 ? (new Date(`${days[0].on}T00:00:00Z`).getUTCDay() + 6) % 7 : 0; before > 0; before--) cells.push(null);
  cells.push(...days);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

// The day of a step, by its name: 0 is the day on which the invoice is due.
export const dayOf = (strategy: Pick<Strategy, 'cadences'>, step: string): number | undefined => strategy.cadences.flatMap((cadence) => cadence.steps).find((one) => one.id === step)?.day;

// The last notices that wait for somebody to read them, each text once, and for whom it is.
export function unreviewedOf(strategy: Pick<Strategy, 'cadences'>): { step: Step; segments: string[] }[] {
  const found = new Map<string, { step: Step; segments: string[] }>();
  for (const { segments, steps } of strategy.cadences) {
    for (const step of steps.filter((one) => one.waits_for_review)) {
      const known = found.get(step.template);
      found.set(step.template, { step, segments: [...(known?.segments ?? []), ...segments] });
    }
  }
  return [...found.values()];
}

// For whom, in the user's words.
export const peopleOf = (segments: string[], say: Say): string => segments.map((one) => say(`segment.${one}` as Key)).join(', ');

// Last notices that wait to be read, as their people would read them.
export interface WaitingNotice {
  debtor: string;
  name: string;
  phone: string;
  step: string;
  invoices: string[];
  balance_minor: number;
  currency: string;
  days_past_due: number;
  text: string;
  silence: string;
  silence_es: string;
  asked_by: string;  // Where two people must let it leave: who has.
}
export interface NoticePage {
  count: number;
  notices: WaitingNotice[];
  next: string | null;
}

// A mandate in sentences.
export function mandateIn(rules: MandateRules, say: Say): string[] {
  const days = (n: number) => say('mandate.days', { n });
  const plan = say(rules.fortnightly ? 'mandate.plan.fortnightly' : 'mandate.plan.monthly', { n: rules.instalments_max, days: days(rules.plan_days_max) });
  const first = rules.down_payment_percent_min > 0 ? say('mandate.plan.first', { percent: rules.down_payment_percent_min, days: days(rules.down_payment_days) }) : say('mandate.plan.noFirst');
  return [
    say('mandate.promise', { days: days(rules.promise_days_max), percent: rules.promise_percent_min }),
    rules.instalments_max > 1 ? `${plan}, ${first}` : say('mandate.plan.none'),
    ...(rules.discount_percent > 0 ? [say('mandate.discount', { percent: rules.discount_percent })] : []),
    say('mandate.limits', { agreements: say('mandate.agreements', { n: rules.agreements_max }), months: say('mandate.months', { n: rules.agreements_months }),
      broken: say('mandate.broken', { n: rules.broken_max }), days: days(rules.grace_days) }),
  ];
}
