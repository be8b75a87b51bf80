// The people behind a figure of Análisis, and what each adds to it: the sums above the list are the figure's.
import { Anchor, Button, Card as Plain, Group, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useSpoken, type Formats, type Key } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Rows, type Column } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { monthName, weekdayName } from './api';

interface Part {
  name: string;
  is: 'count' | 'money';
  total: number;
}
interface Row {
  id: string | null;
  name: string;
  phone: string;
  values: number[];
}
interface PeoplePage {
  figure: string;
  of: string;
  currency: string;
  days: number;
  people: number;
  columns: Part[];
  rows: Row[];
  next: string | null;
}

function useTitle(page: { figure: string; of: string; days: number }) {
  const { say, language } = useSpoken();
  const { figure, of, days } = page;
  if (figure === 'month') return of ? say('behind.month', { month: monthName(of, language) }) : say('behind.month.none');
  if (figure === 'reminded') return say(`analysis.funnel.${of}` as Key);
  if (figure === 'strategy') return say('behind.strategy', { version: of });
  if (figure === 'heard') {
    const [day, hour] = of.split('-').map(Number);
    return say('behind.heard', { day: weekdayName(day, 'long', language), from: `${hour}:00`, to: `${hour + 1}:00` });
  }
  if (figure === 'agreements') {
    const [kind, state] = of.split('-');
    return say('behind.agreements', { kind: say(kind === 'plan' ? 'analysis.promises.plan' : 'analysis.promises.promise'), state: say(`agreement.${state}` as Key) });
  }
  return say(`behind.${figure}` as Key, { n: days });
}

// Of these the period says nothing.
const kEver = ['month', 'dso'];

const told = (format: Formats, part: Part, value: number, currency: string) => (part.is === 'money' ? format.money(value, currency) : format.number(value));

function People({ pages, days }: { pages: PeoplePage[]; days: number }) {
  const { say, format } = useSpoken();
  const [{ columns, currency, people }] = pages;
  const rows = pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Empty title={say('behind.none')} />;
  const shown: Column<Row>[] = [
    { name: say('portfolio.person'), cell: (row) => (
      <div>
        {row.id ? <Link className="row-link" to={`/app/portfolio/${row.id}`}>{row.name || say('person.unnamed')}</Link> : <Text>{say('behind.unknown')}</Text>}
        {row.phone && <Text size="sm" c="dimmed">{row.phone}</Text>}
      </div>
    ) },
    ...columns.map((part, at): Column<Row> => ({ name: say(`behind.column.${part.name}` as Key, { n: days }), figures: true, cell: (row) => told(format, part, row.values[at], currency) })),
  ];
  return (
    <>
      <Text c="dimmed" size="sm" role="status" mb="sm">
        {[say('today.people', { n: people }), ...columns.map((part) => `${say(`behind.column.${part.name}` as Key, { n: days })}: ${told(format, part, part.total, currency)}`)].join(' · ')}
      </Text>
      <Plain withBorder p="sm"><Rows label={say('behind.list')} columns={shown} rows={rows} idOf={(row) => row.id ?? `unknown ${row.values.join(' ')}`} /></Plain>
    </>
  );
}

export default function FigurePeople() {
  const { say } = useSpoken();
  const [params] = useSearchParams();
  const asked = Object.fromEntries(['figure', 'of', 'currency', 'days'].map((name) => [name, params.get(name) ?? ''])) as Record<'figure' | 'of' | 'currency' | 'days', string>;
  const days = Number(asked.days) || 90;
  const query = useInfiniteQuery({
    queryKey: ['analysis', 'people', asked],
    queryFn: ({ pageParam }) => get<PeoplePage>('views/analysis/people', { ...asked, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={useTitle({ ...asked, days })} about={<>{kEver.includes(asked.figure) ? say('behind.about.ever') : say('behind.about', { n: days })} <Anchor inherit component={Link} to={`/app/analysis?${new URLSearchParams({ ...(asked.days && { days: asked.days }), ...(asked.currency && { currency: asked.currency }) })}`}>{say('behind.back')}</Anchor></>}>
      {query.isError && <Trouble error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Waiting lines={8} />}
      {query.isSuccess && <People pages={query.data.pages} days={days} />}
      {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
    </Page>
  );
}
