// One conversation: its lines, the answer, and beside it who it is and what waits.
import { ActionIcon, Anchor, Button, Card as Plain, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconCertificate, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { get, post } from '../api/client';
import type { Route } from '../api/routes';
import { download } from '../api/download';
import { useMay, useSession } from '../api/session';
import { OfferBuilder } from '../agreements/OfferBuilder';
import { isProved, useProof } from '../compliance/proof';
import { houseNow, unbroken, useFormat, useHome, useSay, type Key } from '../i18n';
import { owedOf, type PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { useKeys } from '../ui/keys';
import { putOff, usePutOff } from '../ui/later';
import { toast, toastTrouble } from '../ui/toast';
import { Composer, useCanned } from './Composer';
import { Labels } from './Labels';
import { useNames, useOthersAt } from './colleagues';
import { Tasks } from './Tasks';
import { endingsOf, waitingOf, wordsOf, type Line, type Talk, type Task } from './api';
import { useUnsent } from './unsent';

function Bubble({ line, nameOf }: { line: Line; nameOf: (login: string) => string }) {
  const home = useHome();
  const say = useSay();
  const format = useFormat();
  const isTheirs = line.from === 'debtor';
  const mayProve = useMay('compliance_read') && !isTheirs && isProved(line.state);
  const proof = useProof();
  const who = isTheirs ? '' : nameOf(line.author) || say(`conversations.voice.${line.from}` as Key);
  return (
    <div className={`bubble ${isTheirs ? '' : line.from === 'note' ? 'note' : 'ours'}`}>
      <div className="pre" lang={home}>{unbroken(line.text) || `[${line.type}]`}</div>
      <div className="meta">
        {[who, format.moment(line.at), line.state && say(`message.${line.state}` as Key)].filter(Boolean).join(' · ')}
        {mayProve && <ActionIcon variant="subtle" color="gray" size="xs" ml={6} aria-label={say('proof.pdf')} title={say('proof.pdf')} onClick={() => void proof(line.id, 'pdf')}><IconCertificate size={14} /></ActionIcon>}
      </div>
    </div>
  );
}

function Beside({ talk, children }: { talk: Talk; children: React.ReactNode }) {
  const home = useHome();
  const say = useSay();
  const format = useFormat();
  const person = useQuery({ queryKey: ['person', talk.debtor], queryFn: () => get<PersonView>(`views/people/${talk.debtor}`) });
  const mayAgree = useMay('agreements_write');
  const [isAgreeing, { open, close }] = useDisclosure();
  const running = person.data?.agreements.filter((one) => one.state === 'active') ?? [];
  const owes = person.data !== undefined && owedOf(person.data.invoices).length > 0;
  return (
    <Stack className="beside" component="aside" aria-label={say('conversations.beside')}>
      {children}
      <Plain withBorder p="md">
        <Title order={3} size="h5" mb={4}>{say('conversations.summary')}</Title>
        <Text size="sm" className="pre" lang={home}>{talk.summary}</Text>
        {person.data && (
          <ul className="plain-list">
            {person.data.invoices.filter((one) => one.balance_minor > 0).map((one) => (
              <li key={one.number} className="line">
                <Text size="sm">{one.number}<Text component="span" size="sm" c="dimmed"> {one.due_on && format.day(one.due_on)}</Text></Text>
                <Text size="sm" fw={600} className="figures">{format.money(one.balance_minor, one.currency)}</Text>
              </li>
            ))}
          </ul>
        )}
        {running.map((one) => (
          <Text key={one.id} size="sm" mb={6}>
            <Anchor component={Link} to={`/app/agreements/${one.id}`} size="sm">{say(`person.agreement.${one.kind}`, { money: format.money(one.total_minor, one.currency) })}</Anchor>
            {': '}{one.instalments.map((part) => `${format.day(part.due_on)} ${format.money(part.amount_minor, one.currency)}`).join(' · ')}
          </Text>
        ))}
        {mayAgree && owes && <Button size="compact-sm" variant="default" mb="xs" onClick={open}>{say('offer.propose')}</Button>}
        {isAgreeing && <OfferBuilder debtor={talk.debtor} name={talk.name || say('person.unnamed')} lastSeen={talk.last_seen} close={close} />}
        {person.data && !owes && <Text size="sm" c="dimmed">{say('person.nothing')}</Text>}
        <Anchor component={Link} to={`/app/portfolio/${talk.debtor}`} size="sm">{say('conversations.beside')}: {talk.name || say('person.unnamed')}</Anchor>
      </Plain>
    </Stack>
  );
}

export function Thread({ debtor, leave }: { debtor: string; leave: () => void }) {
  const say = useSay();
  const { user } = useSession();
  const may = useMay('conversations_write');
  const queries = useQueryClient();
  const [limit, setLimit] = useState(50);
  const lines = useRef<HTMLDivElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const query = useQuery({ queryKey: ['talk', debtor, limit], queryFn: () => get<Talk>(`conversations/${debtor}`, { limit }), refetchInterval: 15_000, placeholderData: (before) => before });
  const again = async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['talk', debtor] }), queries.invalidateQueries({ queryKey: ['conversations'] }), queries.invalidateQueries({ queryKey: ['today'] }), queries.invalidateQueries({ queryKey: ['person', debtor] })]);
  };
  const newest = query.data?.lines.at(-1)?.id;
  useEffect(() => { lines.current?.scrollTo({ top: lines.current.scrollHeight }); }, [newest]);
  async function act<T>(path: Route<'post'>, body: object, done: string | ((after: T) => string), back?: object) {
    try {
      const after = await post<T>(path, { ...body, by: user.email });
      toast(typeof done === 'string' ? done : done(after), back && { name: say('action.undo'), act: () => void act(path, back, say('action.undone')) });
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await again();
  }
  const box = useUnsent(debtor);
  const canned = useCanned(debtor);
  const receipt = canned.data?.canned_replies.find((one) => one.name === 'comprobante');
  const askReceipt = (task: Task) => {
    box.change({ kind: 'reply', chosen: receipt!, text: wordsOf(receipt!), puts_off: task.id });
    composer.current?.focus();
  };
  const nameOf = useNames();
  const others = useOthersAt(debtor);
  const print = (notes: boolean) => download(`conversations/${debtor}/transcript.pdf`, `conversacion-${debtor}.pdf`, { query: { notes: String(notes) } }).catch((problem: unknown) => toastTrouble(problem, say));
  const closing = usePutOff();
  const open = waitingOf(query.data?.tasks ?? [], houseNow()).filter((task) => !closing.includes(task.id));
  // A closed task is not opened again: it is closed when nobody has taken that back.
  const close = (task: Task, body: object, done: string) => {
    const takeBack = putOff(task.id, async () => {
      await post(`tasks/${task.id}/close`, { ...body, by: user.email }, { keepalive: true }).catch((problem: unknown) => toastTrouble(problem, say));
      await again();
    });
    toast(done, { name: say('action.undo'), act: () => { if (takeBack()) toast(say('action.undone')); } });
  };
  useKeys({
    r: () => composer.current?.focus(),
    // By a key nothing is let loose: what rests goes on resting.
    e: () => {
      if (!may || !open[0]) return;
      const { outcome, name } = endingsOf(open[0].kind).at(-1)!;
      close(open[0], { outcome }, say(`conversations.end.${name}.done`));
    },
  });
  return (
    <Answer query={query}>
      {(talk) => (
        <>
          <Plain withBorder p="md" className="thread-side">
            <Group mb="sm" justify="space-between" gap="xs">
              <Group gap="xs" wrap="nowrap">
                <ActionIcon className="back" variant="subtle" color="gray" aria-label={say('action.back')} onClick={leave}><IconArrowLeft size={20} /></ActionIcon>
                <div>
                  <Title order={2} size="h4">{talk.name || say('person.unnamed')}</Title>
                  <Text size="sm" c="dimmed">{talk.phone}</Text>
                </div>
              </Group>
              <Group gap="xs">
                <Menu>
                  <Menu.Target><ActionIcon variant="default" size="lg" aria-label={say('conversations.print')} title={say('conversations.print')}><IconPrinter size={18} /></ActionIcon></Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Label>{say('conversations.print')}</Menu.Label>
                    <Menu.Item onClick={() => void print(false)}>{say('conversations.print.plain')}</Menu.Item>
                    <Menu.Item onClick={() => void print(true)}>{say('conversations.print.notes')}</Menu.Item>
                  </Menu.Dropdown>
                </Menu>
                {may && talk.rests.some((rest) => rest.kind === 'person') && (
                  <Button size="compact-sm" variant="default" onClick={() => void act(`conversations/${debtor}/release`, {}, say('conversations.released'))}>{say('conversations.release')}</Button>
                )}
              </Group>
            </Group>
            {others.length > 0 && <Text size="sm" className="warn" role="status" mb="xs">{say('conversations.alsoOpen', { names: others.map(nameOf).join(', ') })}</Text>}
            <div className="lines" ref={lines} tabIndex={0} role="log" aria-label={say('conversations.thread')}>
              {talk.earlier && limit < 200 && <Button variant="subtle" size="compact-sm" onClick={() => setLimit(200)}>{say('conversations.earlier')}</Button>}
              {talk.lines.map((line) => <Bubble key={`${line.from} ${line.id}`} line={line} nameOf={nameOf} />)}
            </div>
            {may && <Composer ref={composer} talk={talk} box={box} again={again} />}
          </Plain>
          <Beside talk={talk}>
            <Labels talk={talk} again={again} />
            {open.length > 0 && <Plain withBorder p="md"><Stack><Tasks tasks={open} askReceipt={receipt && talk.window_until ? askReceipt : undefined} act={(task, verb, body, done, back) => void (verb === 'close' ? close(task, body, done as string) : act(`tasks/${task.id}/${verb === 'confirm' ? 'close' : verb}`, body, done, back))} /></Stack></Plain>}
          </Beside>
        </>
      )}
    </Answer>
  );
}
