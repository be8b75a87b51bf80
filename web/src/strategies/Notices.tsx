// Last notices, each as its person would read it: let leave or held back, one, several, or all that wait.
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../api/client';
import { useSession } from '../api/session';
import { useNames } from '../conversations/colleagues';
import { unbroken, useFormat, useHome, useSay, useTold } from '../i18n';
import { Answer } from '../ui/Answer';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Trouble } from '../ui/Trouble';
import { useAsk } from '../ui/ask';
import { toast } from '../ui/toast';
import type { NoticePage, WaitingNotice } from './api';

function Notice({ one, isChosen, choose }: { one: WaitingNotice; isChosen: boolean; choose: (chosen: boolean) => void }) {
  const home = useHome();
  const told = useTold();
  const nameOf = useNames();
  const say = useSay();
  const format = useFormat();
  return (
    <div>
      <Checkbox checked={isChosen} disabled={!one.text} onChange={(event) => choose(event.currentTarget.checked)} label={one.name || say('person.unnamed')}
                description={`${one.invoices.join(', ')} · ${format.money(one.balance_minor, one.currency)} · ${say('notices.late', { n: one.days_past_due })}`} />
      {one.asked_by && <Text size="sm" my={6}>{say('notices.asked', { name: nameOf(one.asked_by) })}</Text>}
      {one.silence && <Text size="sm" className="warn" my={6}>{say('notices.notToday', { why: told(one.silence, one.silence_es) })}</Text>}
      {one.text && <div className="chat-paper" style={{ margin: '0.5rem 0' }}><div className="bubble pre" lang={home}>{unbroken(one.text)}</div></div>}
    </div>
  );
}

// Releasing all that wait asks for their number, so that nobody lets leave more than they have seen.
function All({ count, release }: { count: number; release: () => void }) {
  const say = useSay();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  return (
    <form onSubmit={(event) => { event.preventDefault(); release(); }}>
      <Group align="end" gap="xs">
        <TextInput label={say('notices.all.type', { n: format.number(count) })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} inputMode="numeric" />
        <Button type="submit" variant="default" disabled={typed.replace(/\D/g, '') !== String(count)}>{say('notices.all', { n: format.number(count) })}</Button>
      </Group>
    </form>
  );
}

export function Notices({ close }: { close: () => void }) {
  const say = useSay();
  const { user } = useSession();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>([]);
  const [wrong, setWrong] = useState<unknown>(null);
  const [ask, dialog] = useAsk();
  const query = useInfiniteQuery({ queryKey: ['last-notices'], queryFn: ({ pageParam }) => get<NoticePage>('last-notices', { cursor: pageParam }), initialPageParam: '', getNextPageParam: (last) => last.next ?? undefined });
  const decide = async (verb: 'release' | 'hold', what: object) => {
    setWrong(null);
    try {
      const { decided, asked, gone } = await post<{ decided: number; asked: number; gone: number }>(`last-notices/${verb}`, { ...what, by: user.email });
      const told = asked > 0 ? say('notices.released.asked', { n: asked }) : decided > 0 && say(verb === 'release' ? 'notices.released' : 'notices.held', { n: decided });
      // Meanwhile somebody else has decided, or nothing is to be said any more.
      toast([told, gone > 0 && say('notices.gone', { n: gone })].filter(Boolean).join(' '));
    } catch (problem) {
      setWrong(problem);
    }
    setChosen([]);
    await queries.invalidateQueries();
  };
  const hold = async () => {
    const why = await ask({ title: say('notices.hold.title', { n: chosen.length }), text: say('notices.hold.text'), words: say('notices.hold.why'), action: say('notices.hold') });
    if (why !== null) await decide('hold', { debtors: chosen, why });
  };
  return (
    <Dialog onClose={close} size="lg" title={say('notices.title')}>
      {dialog}
      <Answer query={query}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.notices);
          const { count } = pages[0];
          if (all.length === 0) return <Empty title={say('notices.none')} />;
          return (
            <Stack>
              <Text size="sm">{say('notices.text')}</Text>
              {wrong !== null && <Trouble error={wrong} />}
              {all.map((one) => <Notice key={one.debtor} one={one} isChosen={chosen.includes(one.debtor)} choose={(is) => setChosen(is ? [...chosen, one.debtor] : chosen.filter((id) => id !== one.debtor))} />)}
              {query.hasNextPage && <Button variant="default" onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button>}
              <Group gap="xs">
                <Button disabled={chosen.length === 0} onClick={() => void decide('release', { debtors: chosen })}>{say('notices.release', { n: chosen.length })}</Button>
                <Button variant="default" disabled={chosen.length === 0} onClick={() => void hold()}>{say('notices.hold')}</Button>
              </Group>
              <All key={count} count={count} release={() => void decide('release', { count: String(count) })} />
            </Stack>
          );
        }}
      </Answer>
    </Dialog>
  );
}
