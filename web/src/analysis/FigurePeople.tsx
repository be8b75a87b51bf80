// The people behind a figure of Análisis, and what each adds to it: the sums above the list are the figure's.
import { Anchor, Button, Card as Plain, Group, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useSpoken, type Formats, type Key } from '../i18n';
import { es } from '../i18n/es';
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

// An address may have been typed: what it asks for need not be a figure.
function useTitle({ figure, of, days }: { figure: string; of: string; days: number }) {
  const { say, language } = useSpoken();
  const known = (key: string, values?: Record<string, string | number>) => say((key in es ? key : 'behind.list') as Key, values);
  if (figure === 'month') return /^\d{4}-(0[1-9]|1[0-2])$/.test(of) ? say('behind.month', { month: monthName(of, language) }) : say('behind.month.none');
  if (figure === 'reminded') return known(`analysis.funnel.${of}`);
  if (figure === 'strategy') return say('behind.strategy', { version: of || say('analysis.strategies.none') });
  const [first, second] = of.split('-');
  if (figure === 'heard') return say('behind.heard', { day: weekdayName(Number(first) || 0, 'long', language), from: `${Number(second) || 0}:00`, to: `${(Number(second) || 0) + 1}:00` });
  if (figure === 'agreements') return say('behind.agreements', { kind: say(first === 'plan' ? 'analysis.promises.plan' : 'analysis.promises.promise'), state: known(`agreement.${second}`) });
  return known(`behind.${figure}`, { n: days });
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
