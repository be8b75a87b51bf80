// Hears from the server what changes, and asks anew for what is shown of it. The browser comes again by itself after a break, and is
// told what it missed. Whoever sees no people is told nothing.
import { useEffect } from 'react';
import { queries } from './client';
import { useMay } from './session';

const kTogetherMs = 500;

interface Change {
  type: string;
  debtor?: string;
}

export function useLive() {
  const may = useMay('people_read');
  useEffect(() => {
    if (!may) return undefined;
    const source = new EventSource('/v1/events/stream');
    const people = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      for (const key of ['today', 'conversations', 'payments', 'bank-lines', 'agreements', 'compliance']) void queries.invalidateQueries({ queryKey: [key] });
      for (const debtor of people) for (const key of ['person', 'talk']) void queries.invalidateQueries({ queryKey: [key, debtor] });
      people.clear();
    };
    source.onmessage = (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Change;
      if (change.debtor) people.add(change.debtor);
      timer ??= setTimeout(refresh, kTogetherMs);
    };
    source.addEventListener('reset', () => void queries.invalidateQueries());
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [may]);
}
