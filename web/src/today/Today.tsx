// Hoy: what went out, what came in, what waits, who hears nothing and why, the money; and the brake.
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { get } from '../api/client';
import { useMay, useSession } from '../api/session';
import { clockIs, houseNow, sentence, useFormat, useSay, useSpoken, useTold, type Key } from '../i18n';
import { useUndo } from '../imports/undo';
import { useWaiting } from '../payments/WaitingMoney';
import { mistakesOf } from '../texts/mistakes';
import { Answer } from '../ui/Answer';
import { Card, Figure } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { useAsk } from '../ui/ask';
import { usePause } from './pause';

interface News {
  id: string;
  at: string;
  kind: string;
  es: string;
  debtor: string | null;
  name: string;
  amount_minor?: number;
  currency?: string;
}
interface Leaving {
  debtor: string;
  name: string;
  at: string;
}
// A file that was just loaded, and can be taken back before anybody hears of it.
interface Resting {
  import: string;
  is_loading: boolean;
  created: number;
  updated: number;
  people: number;
  until: string;
}
interface TodayView {
  now: string;
  paused: { at: string; why: string } | null;
  quarantined: boolean;
  trouble: string;
  unread_editions: { number: number; kind: string; name: string; instead: number; why: string }[];
  people: number;
  planned: number;
  leaving_today: { messages: number; first: Leaving[] };
  resting: Resting | null;
  messages: Record<string, number>;
  reminders: number;
  written: number;
  money: { currency: string; payments: number; amount_minor: number }[];
  tasks: { kind: string; count: number; oldest_at: string | null }[];
  silences: { codes: string; es: string; people: number }[];
  news: News[];
}

// What waits without being a task of somebody's.
function useOthers(today: TodayView) {
  const say = useSay();
  const { count: money } = useWaiting(useMay('payments_read'));
  const mayRead = useMay('strategies_read');
  const reviews = today.silences.filter((one) => one.codes.split(' ').includes('needs_review')).reduce((sum, one) => sum + one.people, 0);
  return [
    { title: say('today.tasks.money'), count: money, to: '/app/payments?show=waiting' },
    { title: say('today.tasks.review'), count: reviews, to: mayRead ? '/app/strategies' : '/app/portfolio?silence=needs_review' },
  ].filter((one) => one.count > 0);
}

function Figures({ today }: { today: TodayView }) {
  const say = useSay();
  const format = useFormat();
  const of = (...states: string[]) => states.reduce((sum, state) => sum + (today.messages[state] ?? 0), 0);
  const out = of('accepted', 'sent', 'delivered', 'read', 'uncertain', 'in_flight');
  const lost = of('failed', 'rejected');
  const waiting = [...today.tasks, ...useOthers(today)].reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="grid">
      <Figure name={say('today.out')} value={format.number(out)} detail={
        <>
          {say('today.out.delivered', { n: of('delivered', 'read') })} · {say('today.out.read', { n: of('read') })}
          {lost > 0 && <Text size="sm" className="bad">{say('today.out.failed', { n: lost })}</Text>}
          {out > 0 && <div>{say('today.out.reminders', { n: today.reminders })}{out > today.reminders && ` · ${say('today.out.others', { n: out - today.reminders })}`}</div>}
          {today.paused ? today.planned > 0 && <div>{say('today.held', { n: today.planned })}</div> : today.leaving_today.messages > 0 && <div>{say('today.planned', { n: today.leaving_today.messages })}</div>}
        </>
      } />
      <Figure name={say('today.in')} value={format.number(today.written)} detail={say('today.in.detail')} />
      <Figure name={say('today.money')} value={today.money.length ? today.money.map((one) => <div key={one.currency}>{format.money(one.amount_minor, one.currency)}</div>) : '—'}
              detail={today.money.length ? today.money.map((one) => <div key={one.currency}>{say('today.money.detail', { n: one.payments })}</div>) : say('today.money.none')} />
      <Figure name={say('today.waiting')} value={format.number(waiting)} detail={say('today.waiting.detail')} />
    </div>
  );
}

function Tasks({ today }: { today: TodayView }) {
  const say = useSay();
  const format = useFormat();
  const others = useOthers(today);
  return (
    <Card title={say('today.tasks')}>
      {today.tasks.length + others.length === 0 ? <Empty title={say('today.tasks.none')}>{say('today.tasks.none.text')}</Empty> : (
        <ul className="plain-list">
          {today.tasks.map((task) => (
            <li key={task.kind}>
              <Link className="line" to="/app/conversations">
                <span>{say(`task.${task.kind}` as Key)}{task.oldest_at && <Text size="sm" c="dimmed">{say('today.tasks.oldest', { since: format.since(task.oldest_at) })}</Text>}</span>
                <Text component="span" fw={650} className="figures">{format.number(task.count)}</Text>
              </Link>
            </li>
          ))}
          {others.map((one) => (
            <li key={one.to}>
              <Link className="line" to={one.to}>
                <span>{one.title}</span>
                <Text component="span" fw={650} className="figures">{format.number(one.count)}</Text>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function LatestNews({ today }: { today: TodayView }) {
  const { say, format, eventOf } = useSpoken();
  return (
    <Card title={say('today.news')}>
      {today.news.length === 0 ? <Empty title={say('today.news.none')}>{say(today.people === 0 ? 'today.news.none.text' : 'today.news.quiet')}</Empty> : (
        <ul className="plain-list">
          {today.news.map((one) => (
            <li key={one.id} className="line narrow">
              <span>
                {one.debtor && one.name && <><Anchor component={Link} to={`/app/portfolio/${one.debtor}`}>{one.name}</Anchor>: </>}
                {one.debtor && one.name ? eventOf(one.kind, one.es) : sentence(eventOf(one.kind, one.es))}
                {one.amount_minor !== undefined && <strong className="figures"> {format.money(one.amount_minor, one.currency!)}</strong>}
              </span>
              <Text component="time" dateTime={one.at} size="sm" c="dimmed">{format.near(one.at)}</Text>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

// What the plan lets leave before the day ends; who wants to see the words opens the person.
function LeavingToday({ today }: { today: TodayView }) {
  const say = useSay();
  const format = useFormat();
  const { messages, first } = today.leaving_today;
  if (today.paused) return <Card title={say('today.leaving')}><Empty title={say('today.leaving.paused')}>{say('today.leaving.paused.text', { n: today.planned })}</Empty></Card>;
  if (messages === 0 && today.resting) return null;
  return (
    <Card title={say('today.leaving')}>
      {messages === 0 ? <Empty title={say('today.leaving.none')}>{say('today.leaving.none.text')}</Empty> : (
        <ul className="plain-list">
          {first.map((one) => (
            <li key={`${one.debtor} ${one.at}`}>
              <Link className="line" to={`/app/portfolio/${one.debtor}`}>
                <span>{one.name || say('person.unnamed')}</span>
                <Text component="time" dateTime={one.at} size="sm" c="dimmed">{format.near(one.at)}</Text>
              </Link>
            </li>
          ))}
          {messages > first.length && <li className="line"><Text size="sm" c="dimmed">{say('today.leaving.more', { n: messages - first.length })}</Text></li>}
        </ul>
      )}
    </Card>
  );
}

// The seconds in which a file can be taken back without a word, counted down.
function JustLoaded({ resting, undo }: { resting: Resting; undo: ReturnType<typeof useUndo>[0] }) {
  const say = useSay();
  const mayWrite = useMay('portfolio_write');
  const queries = useQueryClient();
  const left = () => Math.max(0, Math.ceil((Date.parse(resting.until) - houseNow().getTime()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) void queries.invalidateQueries({ queryKey: ['today'] });
    }, 1000);
    return () => clearInterval(timer);
  });
  return (
    <Notice tone="plain" title={say('today.resting', { n: resting.people })}>
      {resting.is_loading ? say('today.resting.loading') : seconds > 0 && say('today.resting.text', { n: seconds })}
      {mayWrite && !resting.is_loading && <Group mt="sm"><Button size="xs" variant="default" onClick={() => void undo(resting.import, resting)}>{say('imports.undo')}</Button></Group>}
    </Notice>
  );
}

// Whose next step has not come is not silenced: many of them were written to a moment ago.
const isWaiting = (one: { codes: string }) => one.codes === 'step_pending';

function Silences({ today }: { today: TodayView }) {
  const say = useSay();
  const told = useTold();
  const silences = today.silences.filter((one) => !isWaiting(one));
  const waiting = today.silences.find(isWaiting);
  const format = useFormat();
  const line = (codes: string, words: string, people: string) => (
    <li key={codes}>
      <Link className="line" to={`/app/portfolio?${new URLSearchParams({ silence: codes }).toString()}`}>
        <span>{words}</span>
        <Text component="span" c="dimmed" className="figures" style={{ whiteSpace: 'nowrap' }}>{people}</Text>
      </Link>
    </li>
  );
  return (
    <>
      {waiting && <Card title={say('today.between')}><ul className="plain-list">{line(waiting.codes, say('today.between.text'), say('today.people', { n: waiting.people }))}</ul></Card>}
      <Card title={say('today.silences')} aside={silences.length > 0 && <Text size="sm" c="dimmed">{say('today.silences.people')}</Text>}>
        {silences.length === 0 ? <Empty title={say('today.silences.none')}>{say('today.silences.none.text')}</Empty>
          : <ul className="plain-list">{silences.map((one) => line(one.codes, told(one.codes, one.es) || one.codes, format.number(one.people)))}</ul>}
      </Card>
    </>
  );
}

export default function Today() {
  const say = useSay();
  const format = useFormat();
  const { creditor } = useSession();
  const mayPause = useMay('pause');
  const mayResume = useMay('operate');
  const { pause, resume, dialog: resuming } = usePause();
  const [undo, undoing] = useUndo();
  const [ask, dialog] = useAsk();
  const query = useQuery({ queryKey: ['today'], queryFn: () => get<TodayView>('views/today').then((today) => { clockIs(today.now); return today; }), refetchInterval: 30_000 });
  const askPause = async () => {
    const why = await ask({ title: say('today.pause.title'), text: say('today.pause.text'), action: say('today.pause'), words: say('today.pause.why'), danger: true });
    if (why !== null) await pause(why);
  };
  const paused = query.data?.paused;
  return (
    <Page title={say('today.title')} about={query.data && `${format.long(query.data.now)} · ${creditor.name}`} actions={query.data && !paused && mayPause && (
      <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={() => void askPause()}>{say('today.pause')}</Button>
    )}>
      {dialog}
      {resuming}
      {undoing}
      <Answer query={query} lines={8}>
        {(today) => (
          <div className="columns">
            {today.paused && (
              <Notice title={say('today.paused')}>
                {say('today.paused.text', { at: format.moment(today.paused.at) })} {today.paused.why && say('today.paused.why', { why: today.paused.why })}
                {mayResume && <Group mt="sm"><Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={() => void resume(today.planned)}>{say('today.resume')}</Button></Group>}
              </Notice>
            )}
            {today.resting && today.resting.people > 0 && <JustLoaded resting={today.resting} undo={undo} />}
            {today.quarantined && <Notice>{say('today.quarantined')}</Notice>}
            {today.trouble && <Notice tone="bad" title={say('today.trouble')}>{today.trouble}</Notice>}
            {today.unread_editions.map((one) => (
              <Notice key={one.number} title={say('today.unread', { name: one.name, n: one.number })}>
                {one.instead ? say('today.unread.edition', { n: one.instead }) : say('today.unread.file')}{' '}
                <Anchor component={Link} to={one.kind === 'strategy' ? `/app/strategies?strategy=${one.name}&tab=editions` : `/app/templates?search=${one.name.split('/').at(-1)}`}>{say('today.unread.mend')}</Anchor>
                <ul className="told">{mistakesOf(one.why, say).map((row) => <li key={row}>{row}</li>)}</ul>
              </Notice>
            ))}
            {today.people === 0 ? (
              <Empty title={say('today.empty')} action={<Button component={Link} to="/app/import">{say('today.import')}</Button>}>{say('today.empty.text')}</Empty>
            ) : (
              <div className="columns">
                <Figures today={today} />
                <div className="halves">
                  <div className="columns"><Tasks today={today} /><LatestNews today={today} /></div>
                  <div className="columns"><LeavingToday today={today} /><Silences today={today} /></div>
                </div>
              </div>
            )}
          </div>
        )}
      </Answer>
    </Page>
  );
}
