// The inbox as the server tells it (docs/operating/inbox.md).
export interface Task {
  id: string;
  debtor: string;
  kind: string;
  title: string;
  summary: string;
  opened_at: string;
  due_at: string | null;
  assignee: string;
  snoozed_until: string | null;
  closed_at: string | null;
}
export interface Entry {
  debtor: string;
  name: string;
  task: Task | null;
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
  lines: Line[];
  earlier: string | null;
}
export interface Canned {
  name: string;
  text: string;
  built_in: boolean;
}
