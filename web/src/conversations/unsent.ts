// What somebody has written and not yet sent, of each person: it waits in memory while they look at another, and goes with who signs out.
import { useState } from 'react';
import { queries } from '../api/client';
import type { Canned } from './api';

export interface Unsent {
  kind: 'reply' | 'note';
  text: string;
  chosen: Canned | null;  // The saved reply that it began as.
  key: string;            // Of this message: told twice, it is said once.
}

const kUnsent = 'unsent';
queries.setQueryDefaults([kUnsent], { gcTime: Infinity });

const blank = (kind: Unsent['kind']): Unsent => ({ kind, text: '', chosen: null, key: crypto.randomUUID() });
export const unsentTo = (debtor: string) => queries.getQueryData<Unsent>([kUnsent, debtor]) ?? blank('reply');
export const keepUnsent = (debtor: string, unsent: Unsent) => void queries.setQueryData([kUnsent, debtor], unsent);

export function useUnsent(debtor: string) {
  const [unsent, show] = useState(() => unsentTo(debtor));
  const put = (next: Unsent) => {
    keepUnsent(debtor, next);
    show(next);
  };
  return { ...unsent, change: (change: Partial<Unsent>) => put({ ...unsent, ...change }), clear: () => put(blank(unsent.kind)) };
}
