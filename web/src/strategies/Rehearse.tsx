// The month ahead with a strategy, tried on a copy of the house: what would leave each day, to how many, and to whom not and why.
import { Anchor, Badge, Button, Collapse, Group, Progress, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useSearchParams } from 'react-router';
import { get, post } from '../api/client';
import { unbroken, useFormat, useHome, useSay, useSpoken, useTold } from '../i18n';
import { Card, Figure } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Rows } from '../ui/Rows';
import { Waiting } from '../ui/Answer';
import { toastTrouble } from '../ui/toast';
import { weeksOf, type Reason, type Rehearsal, type RehearsalAnswer } from './api';

const Bars = lazy(async () => ({ default: (await import('../analysis/charts')).Bars }));
const kWeek = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'];  // Any, from Monday on.

function Month({ days }: { days: RehearsalAnswer['by_day'] }) {
  const say = useSay();
  const format = useFormat();
  const { language } = useSpoken();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const most = Math.max(1, ...days.map((day) => day.messages));
  return (
    <table className="month" aria-label={say('rehearsal.calendar')}>
      <thead><tr>{kWeek.map((on) => <th key={on} scope="col">{weekday.format(new Date(`${on}T00:00:00Z`))}</th>)}</tr></thead>
      <tbody>
        {weeksOf(days).map((week, at) => (
          <tr key={at}>
            {week.map((day, number) => day === null ? <td key={number} className="none" /> : (
              <td key={day.on} style={{ '--share': `${Math.round((day.messages / most) * 100)}%` } as React.CSSProperties}>
                <span className="month-day">{short.format(new Date(`${day.on}T00:00:00Z`))}</span>
                <strong className="figures">{day.messages > 0 ? format.number(day.messages) : '–'}</strong>
                {day.holiday && <span className="month-holiday" title={day.holiday}>{day.holiday}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sample({ text, name }: { text: string; name: string }) {
  const home = useHome();
  const say = useSay();
  const [open, { toggle }] = useDisclosure();
  if (!text) return <>{name}</>;
  return (
    <>
      <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={toggle} ta="start">{name}</Anchor>
      <Collapse expanded={open}><div className="chat-paper" style={{ marginTop: '0.5rem', textAlign: 'start' }}><div className="bubble pre" lang={home} aria-label={say('rehearsal.sample')}>{unbroken(text)}</div></div></Collapse>
    </>
  );
}

function Reasons({ title, about, rows, unit }: { title: string; about: string; rows: Reason[]; unit: string }) {
  const tell = useTold();
  const format = useFormat();
  const say = useSay();
  return (
    <Card title={title}>
      <Text size="sm" c="dimmed" mb="sm">{about}</Text>
      {rows.length === 0 ? <Text size="sm">{say('rehearsal.none')}</Text> : (
        <Rows label={title} rows={rows} idOf={(row) => row.codes} columns={[
          { name: say('rehearsal.reason'), cell: (row) => tell(row.codes, row.es) },
          { name: unit, figures: true, cell: (row) => format.number(row.count) },
        ]} />
      )}
    </Card>
  );
}

function Result({ rehearsal, answer, nameOf }: { rehearsal: Rehearsal; answer: RehearsalAnswer; nameOf: (step: string) => string }) {
  const say = useSay();
  const format = useFormat();
  return (
    <div className="columns">
      <Text size="sm">{say('rehearsal.of', { version: rehearsal.strategy, days: rehearsal.days, from: format.day(answer.from) })}</Text>
      <div className="grid">
        <Figure name={say('rehearsal.messages')} value={format.number(answer.messages)} />
        <Figure name={say('rehearsal.reached')} value={format.number(answer.reached)} detail={say('rehearsal.owing', { n: answer.owing })} />
        <Figure name={say('rehearsal.cost')} value={format.price(answer.cost_usd_micros)} detail={say('rehearsal.cost.about')} />
      </div>
      <Card title={say('rehearsal.calendar')}><Month days={answer.by_day} /></Card>
      <Card title={say('rehearsal.chart')}>
        <Suspense fallback={<Waiting lines={3} />}>
          <Bars label={say('rehearsal.chart')} name={say('rehearsal.messages')} format={format.number} short={format.number} data={answer.by_day.map((day) => ({ at: format.day(day.on).slice(0, 5), [say('rehearsal.messages')]: day.messages }))} />
        </Suspense>
      </Card>
      <Card title={say('rehearsal.steps')}>
        {answer.by_step.length === 0 ? <Text size="sm">{say('rehearsal.none')}</Text> : (
          <Rows label={say('rehearsal.steps')} rows={answer.by_step} idOf={(row) => `${row.step} ${row.template}`} columns={[
            { name: say('rehearsal.step'), cell: (row) => nameOf(row.step) },
            { name: say('rehearsal.template'), cell: (row) => <Sample text={row.sample} name={row.template} /> },
            { name: say('rehearsal.messages'), figures: true, cell: (row) => format.number(row.messages) },
          ]} />
        )}
      </Card>
      <div className="halves">
        <Reasons title={say('rehearsal.unreached')} about={say('rehearsal.unreached.about')} rows={answer.unreached} unit={say('rehearsal.people')} />
        <Reasons title={say('rehearsal.waits')} about={say('rehearsal.waits.about')} rows={answer.waits} unit={say('rehearsal.times')} />
      </div>
    </div>
  );
}

// `text`: what would be tried, of that version of the strategy.
export function Rehearse({ strategy, version, text, name, nameOf, may }: { strategy: string; version: string; text: string; name: string; nameOf: (step: string) => string; may: boolean }) {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const queries = useQueryClient();
  const last = ['rehearsal', 'last', strategy];
  const id = params.get('rehearsal') ?? queries.getQueryData<string>(last) ?? null;  // Back from another page.
  const query = useQuery({
    queryKey: ['rehearsal', id],
    queryFn: () => get<Rehearsal>(`rehearsals/${id}`),
    enabled: id !== null,
    refetchInterval: (known) => (known.state.data?.state === 'running' ? 700 : false),
  });
  const begin = async () => {
    try {
      const begun = await post<Rehearsal>('rehearsals', { text });
      queries.setQueryDefaults(last, { gcTime: Infinity });
      queries.setQueryData(last, begun.id);
      setParams((now) => { now.set('rehearsal', begun.id); return now; }, { replace: true });
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const cancel = async () => {
    try {
      await post(`rehearsals/${id}/cancel`);
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await query.refetch();
  };
  const told = id === null ? undefined : query.data;
  const running = told?.state === 'running';
  return (
    <div className="columns">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw="46rem">{say('rehearsal.about')}</Text>
        {may && !running && <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => void begin()}>{say('rehearsal.begin', { name })}</Button>}
      </Group>
      {!told && !query.isFetching && <Empty title={say('rehearsal.empty')}>{say('rehearsal.empty.text')}</Empty>}
      {running && (
        <div role="status">
          <Group justify="space-between" mb="xs">
            <Text size="sm">{say('rehearsal.running', { day: told.day, days: told.days })}</Text>
            {may && <Button variant="default" size="compact-sm" onClick={() => void cancel()}>{say('action.cancel')}</Button>}
          </Group>
          <Progress value={(told.day / told.days) * 100} aria-label={say('rehearsal.progress')} animated />
        </div>
      )}
      {told?.state === 'cancelled' && <Badge variant="default" tt="none">{say('rehearsal.cancelled')}</Badge>}
      {told?.state === 'failed' && <Notice tone="bad" title={say('rehearsal.failed')} urgent><Text size="sm">{told.trouble}</Text></Notice>}
      {told && told.strategy !== version && <Notice title={say('rehearsal.other')}><Text size="sm">{say('rehearsal.other.text', { version: told.strategy })}</Text></Notice>}
      {told?.answer && <Result nameOf={nameOf} rehearsal={told} answer={told.answer} />}
    </div>
  );
}
