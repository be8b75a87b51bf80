// What somebody has written and not yet sent, of each person: it waits in memory while they look at another, and goes with who signs out.
import { useState } from 'react';
import { queries } from '../api/client';
import type { Canned } from './api';

export interface Unsent {
  kind: 'reply' | 'note';
  text: string;           // To the person;
  note: string;           // for colleagues: neither becomes the other by a change of the tab.
  chosen: Canned | null;  // The saved reply that the text began as.
  key: string;            // Of this message: told twice, it is said once.
  puts_off: string;       // The task that waits for their answer once it is sent.
}

const kUnsent = 'unsent';
queries.setQueryDefaults([kUnsent], { gcTime: Infinity });

const blank = (): Unsent => ({ kind: 'reply', text: '', note: '', chosen: null, key: crypto.randomUUID(), puts_off: '' });
export const unsentTo = (debtor: string) => queries.getQueryData<Unsent>([kUnsent, debtor]) ?? blank();
export const keepUnsent = (debtor: string, unsent: Unsent) => void queries.setQueryData([kUnsent, debtor], unsent);
// What is said is gone from its box; what stands in the other one stays.
export const withoutSaid = (unsent: Unsent): Unsent => (unsent.kind === 'note' ? { ...unsent, note: '' } : { ...blank(), note: unsent.note });

export interface Box extends Unsent {
  change: (change: Partial<Unsent>) => void;
  clear: () => void;
}

export function useUnsent(debtor: string): Box {
  const [unsent, show] = useState(() => unsentTo(debtor));
  const put = (next: Unsent) => {
    keepUnsent(debtor, next);
    show(next);
  };
  return { ...unsent, change: (change) => put({ ...unsent, ...change }), clear: () => put(withoutSaid(unsent)) };
}
