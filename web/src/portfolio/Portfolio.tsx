// Cartera: who owes, by how late or how much, and the one who is searched.
import { Button, Card as Plain, Group, Menu, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useSure } from '../access/Sure';
import { get } from '../api/client';
import { download } from '../api/download';
import { useMay } from '../api/session';
import { useFormat, useSay, useTold, type Key } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Rows, type Column } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { useKeys } from '../ui/keys';
import { SavedViews } from '../views/SavedViews';
import type { ListFilter } from '../views/api';
import type { PortfolioView } from './api';

interface Row {
  id: string;
  name: string;
  phone: string;
  currency: string;
  owed_minor: number;
  invoices: number;
  oldest_due: string | null;
  days_late: number | null;
  silence: string;
  silence_codes: string;
  last_at: string | null;
  next: { at: string; is: string } | null;
}
interface PeoplePage {
  people: Row[];
  next: string | null;
}
const kAges = ['', 'due', '30', '60', '90', 'more'] as const;

const useSums = () => useQuery({ queryKey: ['portfolio', 'sums'], queryFn: () => get<PortfolioView>('views/portfolio'), staleTime: 30_000 });

function Count({ age }: { age: string }) {
  const say = useSay();
  const format = useFormat();
  const query = useSums();
  if (!query.data) return null;
  const sums = new Map<string, { people: number; owed: number }>();
  for (const one of query.data.ages.filter((each) => !age || each.age === age)) {
    const sum = sums.get(one.currency) ?? { people: 0, owed: 0 };
    sums.set(one.currency, { people: sum.people + one.people, owed: sum.owed + one.owed_minor });
  }
  return (
    <Text c="dimmed" size="sm" role="status">
      {[...sums].map(([currency, sum]) => say('portfolio.count', { people: say('today.people', { n: format.number(sum.people) }), owed: format.money(sum.owed, currency) })).join(' · ')}
    </Text>
  );
}

// Why nothing is written to somebody: each reason that there is, with how many it keeps silent.
function Silence({ value, onChange }: { value: string; onChange: (silence: string) => void }) {
  const say = useSay();
  const format = useFormat();
  const tell = useTold();
  const silences = useSums().data?.silences ?? [];
  const told = silences.map((one) => ({ value: one.codes, label: `${tell(one.codes, one.es) || one.codes} (${format.number(one.people)})` }));
  const known = !value || told.some((one) => one.value === value) ? told : [{ value, label: value }, ...told];
  return (
    <Select flex="1 1 20rem" label={say('portfolio.silence')} placeholder={say('portfolio.silence.any')} value={value || null} onChange={(chosen) => onChange(chosen ?? '')} data={known} clearable searchable
            nothingFoundMessage={say('portfolio.none')} clearButtonProps={{ 'aria-label': say('portfolio.silence.any') }} />
  );
}

// What the list shows, all of it: a row for each debt, which can be loaded again as it is.
function Export({ filter }: { filter: ListFilter & { search?: string } }) {
  const say = useSay();
  const sure = useSure();
  const take = (as: 'csv' | 'xlsx') => sure(() => download('exports/balances', `cartera.${as}`, { query: { ...filter, format: as } }));
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target><Button variant="default" leftSection={<IconDownload size={16} />}>{say('portfolio.export')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('portfolio.export.text')}</Menu.Label>
        <Menu.Item onClick={() => void take('xlsx')}>{say('portfolio.export.xlsx')}</Menu.Item>
        <Menu.Item onClick={() => void take('csv')}>{say('portfolio.export.csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

// When they heard from us last and hear next. The plan knows the day of a step, and the hour only of a message that waits.
function Heard({ row }: { row: Row }) {
  const say = useSay();
  const format = useFormat();
  const kNext: Record<string, Key> = { message: 'portfolio.next', step: 'portfolio.next', rest: 'portfolio.next.rest' };
  return (
    <>
      {row.next && <Text size="sm" fw={600}>{say(kNext[row.next.is], { when: row.next.is === 'message' ? format.near(row.next.at) : format.nearDay(row.next.at) })}</Text>}
      {row.last_at && <Text size="sm">{say('portfolio.last', { when: format.near(row.last_at) })}</Text>}
    </>
  );
}

export default function Portfolio() {
  const say = useSay();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const age = params.get('age') ?? '';
  const order = params.get('order') ?? 'late';
  const silence = params.get('silence') ?? '';
  const mayExport = useMay('exports_read');
  const [search, setSearch] = useState(params.get('search') ?? '');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const set = (name: string, value: string) => setParams((now) => { if (value) now.set(name, value); else now.delete(name); return now; }, { replace: true });
  // The address follows what is typed; only what somebody else writes there (the palette) comes back into the field.
  const inAddress = params.get('search') ?? '';
  const followed = useRef(inAddress);
  useEffect(() => {
    followed.current = wanted;
    set('search', wanted);
  }, [wanted]);
  useEffect(() => {
    if (inAddress === followed.current) return;
    followed.current = inAddress;
    setSearch(inAddress);
  }, [inAddress]);
  const filter: ListFilter = wanted ? {} : { ...(age && { age }), ...(order !== 'late' && { order }), ...(silence && { silence }) };
  const choose = (chosen: ListFilter) => {
    setSearch('');
    setParams(new URLSearchParams({ ...chosen }));
  };
  const query = useInfiniteQuery({
    queryKey: ['people', wanted, filter],
    queryFn: ({ pageParam }) => get<PeoplePage>('views/people', { search: wanted, ...filter, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap((page) => page.people) ?? [];
  const tell = useTold();
  const columns: Column<Row>[] = [
    { name: say('portfolio.person'), cell: (row) => (
      <div>
        <Link className="row-link" to={`/app/portfolio/${row.id}`}>{row.name || say('person.unnamed')}</Link>
        <Text size="sm" c="dimmed">{row.phone}</Text>
      </div>
    ) },
    { name: say('portfolio.owed'), figures: true, cell: (row) => (row.owed_minor === 0 ? '—' : format.money(row.owed_minor, row.currency)) },
    { name: say('portfolio.invoices'), figures: true, cell: (row) => format.number(row.invoices) },
    { name: say('portfolio.late'), figures: true, cell: (row) => (row.days_late ? say('portfolio.days', { n: row.days_late }) : row.owed_minor ? say('portfolio.notDue') : '—') },
    { name: say('portfolio.heard'), cell: (row) => (
      <div style={{ maxWidth: '24rem' }}>
        <Heard row={row} />
        {(!row.next || row.next.is === 'rest') && <Text size="sm" c="dimmed">{tell(row.silence_codes, row.silence) || (row.next || row.last_at ? '' : '—')}</Text>}
      </div>
    ) },
  ];
  return (
    <Page title={say('portfolio.title')} actions={
      <>
        <SavedViews page="portfolio" filter={filter} onChoose={choose} />
        {mayExport && <Export filter={{ ...filter, ...(wanted && { search: wanted }) }} />}
      </>
    }>
      <Group mb="sm" align="end" gap="sm">
        <TextInput ref={field} flex="1 1 16rem" type="search" leftSection={<IconSearch size={18} />} label={say('portfolio.search')} value={search}
                   onChange={(event) => setSearch(event.currentTarget.value)} autoComplete="off" />
        <Select w="11rem" label={say('portfolio.order')} value={order} allowDeselect={false} onChange={(value) => set('order', value ?? '')}
                data={[{ value: 'late', label: say('portfolio.order.late') }, { value: 'owed', label: say('portfolio.order.owed') }]} disabled={!!wanted} />
      </Group>
      {!wanted && (
        <Group mb="md" gap="sm">
          <SegmentedControl value={age} onChange={(value) => set('age', value)} aria-label={say('portfolio.age')} visibleFrom="md"
                            data={kAges.map((one) => ({ value: one, label: say(one ? `portfolio.age.${one}` as Key : 'portfolio.age.all') }))} />
          <Select hiddenFrom="md" w="100%" label={say('portfolio.age')} value={age} allowDeselect={false} onChange={(value) => set('age', value ?? '')}
                  data={kAges.map((one) => ({ value: one, label: say(one ? `portfolio.age.${one}` as Key : 'portfolio.age.all') }))} />
          {!silence && <Count age={age} />}
          <Silence value={silence} onChange={(value) => set('silence', value)} />
        </Group>
      )}
      {query.isError && <Trouble error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Waiting lines={8} />}
      {query.isSuccess && (
        <Plain withBorder p="sm">
          {rows.length === 0 && !wanted && !silence && !age ? <Empty title={say('today.empty')} action={<Button component={Link} to="/app/import">{say('today.import')}</Button>}>{say('today.empty.text')}</Empty>
            : rows.length === 0 ? <Empty title={say('portfolio.none')}>{say(wanted ? 'portfolio.none.text' : silence ? 'portfolio.none.silence' : 'portfolio.none.age')}</Empty>
            : <Rows label={say('portfolio.title')} columns={columns} rows={rows} idOf={(row) => `${row.id} ${row.currency}`} />}
          {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
        </Plain>
      )}
    </Page>
  );
}
