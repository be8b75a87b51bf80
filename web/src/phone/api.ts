// What the server tells of a debtor's phone, and of the demonstration around it.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { get, post, queries } from '../api/client';
import { clockIs, useSay } from '../i18n';
import { toastTrouble } from '../ui/toast';

export interface Choice {
  kind: 'button' | 'interactive' | 'list' | 'link';
  title: string;
  value: string;
  description: string;
}
export interface Message {
  id: string;
  at: string;
  from: 'house' | 'person';
  type: string;
  status: string;
  text: string;
  footer: string;
  menu: string;
  choices: Choice[];
  file: { id: string; kind: string; name: string } | null;
}
export interface Phone {
  now: string;
  has_clock: boolean;
  pace: 'real' | 'slow' | 'normal' | 'fast';
  person: { id: string; name: string; phone: string; country: string; now: string; next_due: string | null } | null;
  messages: Message[];
}
// Of the demonstration's own door, beside /v1 (cli/demo): the witness's counters.
export interface Story {
  day: number;
  days: number;
  ended: boolean;
  never: Record<'twice' | 'paid' | 'hours' | 'stop' | 'checked', number>;
}

// Who one is; empty: whom the server proposes. For as long as the page is open.
export const Whose = createContext<{ debtor: string; choose: (debtor: string) => void }>({ debtor: '', choose: () => undefined });
export const useWhose = () => useContext(Whose);

export function usePhone() {
  const { debtor, choose } = useWhose();
  const query = useQuery({ queryKey: ['phone', debtor], queryFn: () => get<Phone>('phone', { debtor }).then((phone) => { clockIs(phone.now); return phone; }), refetchInterval: 1_000, placeholderData: keepPreviousData });
  const proposed = query.data?.person?.id ?? '';
  useEffect(() => { if (!debtor && proposed) choose(proposed); }, [debtor, proposed, choose]);
  return query;
}

async function tellStory(body: object) {
  const answer = await fetch('/demo/act', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(((await answer.json()) as { detail: string }).detail);
}

export function useStory() {
  return useQuery({ queryKey: ['story'], queryFn: async () => (await (await fetch('/demo/state?after=999999999')).json()) as Story, refetchInterval: 2_000 });
}

// What is done on the phone changes the pages as well: all are asked anew.
export function useDeeds() {
  const say = useSay();
  const { mutate, isPending } = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onError: (problem) => toastTrouble(problem, say),
    onSettled: () => void queries.invalidateQueries(),
  });
  return {
    busy: isPending,
    send: (debtor: string, words: { kind: string; text: string; payload?: string; context_id?: string }) => mutate(() => post('phone/messages', { debtor, ...words })),
    move: (debtor: string, to: 'hour' | 'morning' | 'due') => mutate(() => post('phone/clock', { debtor, to })),
    setPace: (pace: Phone['pace']) => mutate(() => post('phone/clock', { pace })),
    pay: (person: string) => mutate(() => tellStory({ action: 'pay', person })),
    beginAgain: () => mutate(() => tellStory({ action: 'again' })),
  };
}
