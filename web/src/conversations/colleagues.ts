// What colleagues are called, by the logins that stand in tasks and lines; and who of them has a conversation open now.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, post } from '../api/client';
import { useMay } from '../api/session';

interface Colleague {
  login: string;
  name: string;
}

// A login that is nobody's any more is shown as it is.
export function useNames(): (login: string) => string {
  const may = useMay('conversations_read');
  const query = useQuery({ enabled: may, queryKey: ['colleagues'], queryFn: () => get<{ colleagues: Colleague[] }>('colleagues'), staleTime: 300_000 });
  const names = new Map(query.data?.colleagues.map((one) => [one.login, one.name]));
  return (login) => names.get(login) || login;
}

// Says that it is open here, and hears who else has it open. The key is the conversation's: news of it ask anew.
export function useOthersAt(debtor: string): string[] {
  const query = useQuery({ queryKey: ['talk', debtor, 'open'], queryFn: () => post<{ others: string[] }>(`conversations/${debtor}/open`), refetchInterval: 20_000 });
  useEffect(() => {
    // A page that goes has no time for a request of its own; the browser sends this one after it.
    const leave = () => { navigator.sendBeacon(`/v1/conversations/${debtor}/open`, new Blob(['{"closed":true}'], { type: 'application/json' })); };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [debtor]);
  return query.data?.others ?? [];
}
