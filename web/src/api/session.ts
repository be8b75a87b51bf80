// Who is signed in, and what they may do.
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { clockIs } from '../i18n';
import { Problem, get, queries } from './client';
import type { Right } from './routes';

export interface Session {
  user: { id: string; name: string; email: string; role: string };
  rights: Right[];
  creditor: { id: string; name: string; country: string; currency: string; timezone: string; language: string; has_logo: boolean };
  payer_page: 'puntual' | 'own' | 'none';
  mode: 'demo' | 'test' | 'live';
  now: string;  // The house's clock, by which every page tells the time.
  expires_at: string;
  second_factor: { has: boolean; must_set_up: boolean };
}

// Whether the house has an owner concerns nobody's data, and the door may be asking it at this moment: forgotten under way, its answer
// would never reach it.
const kOfNobody = ['session', 'setup'];

// Somebody else from now on, or (null) nobody: what was shown to the one before is forgotten.
export function becomes(session: Session | null) {
  if (session) clockIs(session.now);
  queries.removeQueries({ predicate: (query) => !kOfNobody.includes(String(query.queryKey[0])) });
  queries.setQueryData(['session'], session);
}

// Null: nobody is.
export function useSessionQuery() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        const session = await get<Session>('session');
        clockIs(session.now);
        return session;
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return null;
        throw problem;
      }
    },
    staleTime: 60_000,
  });
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('nobody is signed in here');
  return session;
}

export const useMay = (right: Right) => useSession().rights.includes(right);
