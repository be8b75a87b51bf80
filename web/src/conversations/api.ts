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
// What keeps reminders resting: `done` leaves it so, and is asked about again later; `settled` lets them go on.
const kResting = ['payment_claim', 'dispute', 'hardship', 'payment_reversed'];
export interface Ending {
  outcome: 'settled' | 'done' | 'confirmed' | 'rejected';
  name: 'goOn' | 'rest' | 'done' | 'stop' | 'noStop';
}
// The last one lets nothing loose.
export const endingsOf = (kind: string): Ending[] =>
  kind === 'stop_doubt' ? [{ outcome: 'rejected', name: 'noStop' }, { outcome: 'confirmed', name: 'stop' }] :
  kResting.includes(kind) ? [{ outcome: 'settled', name: 'goOn' }, { outcome: 'done', name: 'rest' }] : [{ outcome: 'done', name: 'done' }];

// Those that wait for somebody now.
export const waitingOf = (tasks: Task[], now: Date) => tasks.filter((task) => !task.closed_at && !(task.snoozed_until && new Date(task.snoozed_until) > now));

export interface Entry {
  debtor: string;
  name: string;
  task: Task | null;
  labels: string[];
  window_until: string | null;
  has_person: boolean;
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
  summary: string;
  window_until: string | null;
  last_seen: string;
  rests: { kind: string; code: string; since: string; until: string | null; through: string }[];
  tasks: Task[];
  labels: string[];
  lines: Line[];
  earlier: string | null;
}
export interface Canned {
  name: string;
  text: string;
  built_in: boolean;
}

// What "/" and the beginning of a name offer. Without a page to pay at no reply can link to it.
export function offeredOf(all: Canned[], text: string, hasPage: boolean): Canned[] {
  if (!text.startsWith('/')) return [];
  const wanted = text.slice(1).toLowerCase();
  return all.filter((one) => one.name.includes(wanted) && (hasPage || !one.text.includes('{{enlace}}'))).slice(0, 6);
}
