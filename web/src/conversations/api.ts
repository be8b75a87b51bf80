// The inbox as the server tells it (docs/operating/inbox.md).
export interface Task {
  id: string;
  debtor: string;
  kind: string;
  summary: string;
  opened_at: string;
  due_at: string | null;
  assignee: string;
  snoozed_until: string | null;
  closed_at: string | null;
}
// What keeps reminders resting: `done` leaves it so, and is asked about again later; `settled` lets them go on. Who says that they
// paid was told a day: closing the task does not make it an earlier one.
const kResting = ['hardship', 'payment_reversed'];
export interface Ending {
  outcome: 'settled' | 'done' | 'confirmed' | 'rejected';
  name: 'goOn' | 'rest' | 'kept' | 'done' | 'stop' | 'noStop';
}
// The last one lets nothing loose.
export const endingsOf = (kind: string): Ending[] =>
  kind === 'stop_doubt' ? [{ outcome: 'rejected', name: 'noStop' }, { outcome: 'confirmed', name: 'stop' }] :
  kind === 'dispute' ? [{ outcome: 'done', name: 'rest' }] :  // Who is right is asked first (Dispute.tsx).
  kind === 'payment_claim' ? [{ outcome: 'settled', name: 'kept' }, { outcome: 'done', name: 'rest' }] :
  kResting.includes(kind) ? [{ outcome: 'settled', name: 'goOn' }, { outcome: 'done', name: 'rest' }] : [{ outcome: 'done', name: 'done' }];

// The payments that a claim may speak of: as many days before it as the server takes, and none that was used up for another debt before
// it while they owe (task_commands.cpp).
const kClaimedDaysBefore = 15;
interface Paid { paid_on: string; amount_minor: number; returned_minor: number; recorded_at: string; is_spent: boolean }
export const claimedIn = <P extends Paid>(payments: P[], claim: Task, owes: boolean) =>
  payments.filter((one) => one.returned_minor < one.amount_minor && !(owes && one.is_spent && Date.parse(one.recorded_at) < Date.parse(claim.opened_at)) &&
    Date.parse(`${one.paid_on}T00:00:00Z`) >= Date.parse(`${claim.opened_at.slice(0, 10)}T00:00:00Z`) - kClaimedDaysBefore * 86_400_000);

// Those that wait for somebody now.
export const waitingOf = (tasks: Task[], now: Date) => tasks.filter((task) => !task.closed_at && !(task.snoozed_until && new Date(task.snoozed_until) > now));

export interface Entry {
  debtor: string;
  name: string;
  task: Task | null;
  labels: string[];
  window_until: string | null;
  has_person: boolean;
  last: { at: string; from: 'debtor' | 'machine' | 'person' | 'phone_app'; type: string; text: string } | null;
}
export interface EntryPage {
  conversations: Entry[];
  next: string | null;
}
export interface Line {
  id: string;
  at: string;
  from: 'debtor' | 'machine' | 'person' | 'phone_app' | 'elsewhere' | 'note';
  author: string;
  type: string;
  text: string;
  state: string;
  reasons: string;
  understood: string;
}
export interface Talk {
  debtor: string;
  name: string;
  phone: string;
  erased: boolean;  // At their wish: nothing is known of them any more, and nobody writes to them.
  summary: string;
  window_until: string | null;
  last_seen: string;
  rests: { kind: string; code: string; since: string; until: string | null; through: string }[];
  tasks: Task[];
  labels: string[];
  lines: Line[];
  earlier: string | null;
}
// What the server tells of words that it took: whether they leave with the next turn.
export interface Said {
  paused: boolean;
  waits_until: string | null;
}
// With what a conversation is opened again that WhatsApp has closed to free text.
export interface Opening {
  template: string;  // Empty: with nothing.
  text: string;
  why_not: string;   // Empty: it may leave now.
  not_before: string | null;
}
export interface Canned {
  name: string;
  text: string;
  built_in: boolean;
  filled?: string | null;  // As the person would read it, the link aside; null: it cannot be said to them now.
}

// What is put into the box when it is chosen.
export const wordsOf = (one: Canned) => one.filled ?? one.text;

// What "/" and the beginning of a name offer. Without a page to pay at no reply can link to it.
export function offeredOf(all: Canned[], text: string, hasPage: boolean): Canned[] {
  if (!text.startsWith('/')) return [];
  const wanted = text.slice(1).toLowerCase();
  return all.filter((one) => one.name.includes(wanted) && one.filled !== null && (hasPage || !one.text.includes('{{enlace}}'))).slice(0, 6);
}

// Labels that two people change at once: what this one took off goes, and what the other put on stays.
export const merged = (read: string[], wanted: string[], now: string[]) => [...new Set([...now.filter((one) => wanted.includes(one) || !read.includes(one)), ...wanted.filter((one) => !read.includes(one))])];
