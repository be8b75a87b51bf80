// One conversation: its lines, the answer, and beside it who it is and what waits.
import { ActionIcon, Anchor, Badge, Button, Card as Plain, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { get, post } from '../api/client';
import { download } from '../api/download';
import { useMay, useSession } from '../api/session';
import { OfferBuilder } from '../agreements/OfferBuilder';
import { houseNow, useFormat, useSay, type Key } from '../i18n';
import { owedOf, type PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { useKeys } from '../ui/keys';
import { putOff, usePutOff } from '../ui/later';
import { toast, toastTrouble } from '../ui/toast';
import { Composer } from './Composer';
import { Labels } from './Labels';
import { useNames, useOthersAt } from './colleagues';
import { endingsOf, waitingOf, type Line, type Talk, type Task } from './api';
import { snoozeTimes } from './snooze';

function Bubble({ line, nameOf }: { line: Line; nameOf: (login: string) => string }) {
  const say = useSay();
  const format = useFormat();
  const isTheirs = line.from === 'debtor';
  const who = isTheirs ? '' : nameOf(line.author) || say(`conversations.voice.${line.from}` as Key);
  return (
    <div className={`bubble ${isTheirs ? '' : line.from === 'note' ? 'note' : 'ours'}`}>
      <div className="pre">{line.text || `[${line.type}]`}</div>
      <div className="meta">
        {[who, format.moment(line.at), line.state && say(`message.${line.state}` as Key)].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}

// `back`: what takes it back again.
type Act = (task: Task, verb: string, body: object, done: string, back?: object) => void;

function Tasks({ tasks, act }: { tasks: Task[]; act: Act }) {
  const say = useSay();
  const format = useFormat();
  const { user } = useSession();
  const may = useMay('conversations_write');
  const nameOf = useNames();
  return tasks.map((task) => (
    <Stack key={task.id} gap={6}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{say(`task.${task.kind}` as Key)}</Text>
        {task.assignee && <Badge variant="light" color="gray" tt="none">{say('conversations.assignee', { name: nameOf(task.assignee) })}</Badge>}
      </Group>
      {task.summary && <Text size="sm" className="pre">{task.summary}</Text>}
      <Text size="xs" c="dimmed">{format.moment(task.opened_at)}</Text>
      {may && (
        <Group gap="xs">
          {endingsOf(task.kind).map(({ outcome, name }, place) => (
            <Button key={name} size="compact-sm" variant={place === 0 ? 'filled' : 'default'} onClick={() => act(task, 'close', { outcome }, say(`conversations.end.${name}.done`))}>
              {say(`conversations.end.${name}`)}
            </Button>
          ))}
          {task.assignee === user.email
            ? <Button size="compact-sm" variant="default" onClick={() => act(task, 'assign', { assignee: '' }, say('conversations.dropped'), { assignee: task.assignee })}>{say('conversations.drop')}</Button>
            : <Button size="compact-sm" variant="default" onClick={() => act(task, 'assign', { assignee: user.email }, say('conversations.taken'), { assignee: task.assignee })}>{say('conversations.take')}</Button>}
          <Menu>
            <Menu.Target><Button size="compact-sm" variant="default">{say('conversations.snooze')}</Button></Menu.Target>
            <Menu.Dropdown>
              {snoozeTimes(houseNow()).map((one) => (
                <Menu.Item key={one.name} onClick={() => act(task, 'snooze', { until: one.until.toISOString() }, say('conversations.snoozed.done', { since: format.since(one.until.toISOString()) }), {})}>
                  {say(`conversations.snooze.${one.name}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
    </Stack>
  ));
}

function Beside({ talk, children }: { talk: Talk; children: React.ReactNode }) {
  const say = useSay();
  const format = useFormat();
  const person = useQuery({ queryKey: ['person', talk.debtor], queryFn: () => get<PersonView>(`views/people/${talk.debtor}`) });
  const mayAgree = useMay('agreements_write');
  const [isAgreeing, { open, close }] = useDisclosure();
  const owes = person.data !== undefined && owedOf(person.data.invoices).length > 0;
  return (
    <Stack className="beside" component="aside" aria-label={say('conversations.beside')}>
      {children}
      <Plain withBorder p="md">
        <Title order={3} size="h5" mb={4}>{say('conversations.summary')}</Title>
        <Text size="sm" className="pre">{talk.summary}</Text>
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
        {mayAgree && owes && <Button size="compact-sm" variant="default" mb="xs" onClick={open}>{say('offer.propose')}</Button>}
        {isAgreeing && <OfferBuilder debtor={talk.debtor} name={talk.name || say('person.unnamed')} close={close} />}
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
    await Promise.all([queries.invalidateQueries({ queryKey: ['talk', debtor] }), queries.invalidateQueries({ queryKey: ['conversations'] }), queries.invalidateQueries({ queryKey: ['today'] })]);
  };
  const newest = query.data?.lines.at(-1)?.id;
  useEffect(() => { lines.current?.scrollTo({ top: lines.current.scrollHeight }); }, [newest]);
  const act = async (path: string, body: object, done: string, back?: object) => {
    try {
      await post(path, { ...body, by: user.email });
      toast(done, back && { name: say('action.undo'), act: () => void act(path, back, say('action.undone')) });
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await again();
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
            {may && <Composer ref={composer} talk={talk} again={again} />}
          </Plain>
          <Beside talk={talk}>
            <Labels talk={talk} again={again} />
            {open.length > 0 && <Plain withBorder p="md"><Stack><Tasks tasks={open} act={(task, verb, body, done, back) => void (verb === 'close' ? close(task, body, done) : act(`tasks/${task.id}/${verb}`, body, done, back))} /></Stack></Plain>}
          </Beside>
        </>
      )}
    </Answer>
  );
}
