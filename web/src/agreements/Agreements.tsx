// Acuerdos y promesas: how each stands by the books of this moment, and what comes next.
import { Button, Card as Plain, Group, Progress as Bar, SegmentedControl, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { OfferWithSomebody } from './OfferBuilder';
import { kStates, type AgreementsPage, type Progress } from './api';

function Paid({ row }: { row: Progress }) {
  const say = useSay();
  const format = useFormat();
  const part = row.total_minor ? row.paid_minor / row.total_minor : 0;
  return (
    <div>
      <Text size="sm" className="figures">{say('agreements.paid', { paid: format.money(row.paid_minor, row.currency), total: format.money(row.total_minor, row.currency) })}</Text>
      <Bar value={part * 100} size="sm" w="9rem" maw="100%" aria-label={say('agreements.progress')} color={row.state === 'broken' ? 'gray' : undefined} />
      {row.instalments > 1 && <Text size="xs" c="dimmed">{say('agreements.met', { met: row.met, all: row.instalments })}</Text>}
    </div>
  );
}

function Next({ row }: { row: Progress }) {
  const say = useSay();
  const format = useFormat();
  if (!row.next) return '—';
  return (
    <Text size="sm" className={row.next.is_late ? 'bad' : undefined}>
      {say(row.next.is_late ? 'agreements.late' : 'agreements.due', { on: format.day(row.next.due_on), money: format.money(row.next.missing_minor, row.currency) })}
    </Text>
  );
}

export default function Agreements() {
  const say = useSay();
  const format = useFormat();
  const mayAgree = useMay('agreements_write');
  const [isProposing, { open, close }] = useDisclosure();
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? 'active';
  const query = useInfiniteQuery({
    queryKey: ['agreements', state],
    queryFn: ({ pageParam }) => get<AgreementsPage>('views/agreements', { state, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const counts = query.data?.pages[0]?.counts ?? {};
  const rows = query.data?.pages.flatMap((page) => page.agreements) ?? [];
  const choices = kStates.map((one) => ({ value: one, label: `${say(`agreements.state.${one}`)}${counts[one] ? ` (${format.number(counts[one])})` : ''}` }));
  const choose = (value: string | null) => setParams(value && value !== 'active' ? { state: value } : {}, { replace: true });
  return (
    <Page title={say('agreements.title')} actions={mayAgree && <Button onClick={open}>{say('offer.propose')}</Button>}>
      {isProposing && <OfferWithSomebody close={close} />}
      <Group mb="md">
        <SegmentedControl visibleFrom="md" value={state} onChange={choose} aria-label={say('agreements.which')} data={choices} />
        <Select hiddenFrom="md" w="100%" label={say('agreements.which')} value={state} allowDeselect={false} onChange={choose} data={choices} />
      </Group>
      {query.isError && <Trouble error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Waiting lines={8} />}
      {query.isSuccess && (
        <Plain withBorder p="sm">
          {rows.length === 0 ? <Empty title={say('agreements.none')}>{say('agreements.none.text')}</Empty> : (
            <Rows label={say('agreements.title')} rows={rows} idOf={(row) => row.id} columns={[
              { name: say('portfolio.person'), cell: (row) => <Link className="row-link" to={`/app/agreements/${row.id}`}>{row.name || say('person.unnamed')}</Link> },
              { name: say('agreements.what'), cell: (row) => say(`agreements.kind.${row.kind}`) },
              { name: say('agreements.progress'), cell: (row) => <Paid row={row} /> },
              { name: say('agreements.next'), cell: (row) => <Next row={row} /> },
              { name: say('agreements.made'), cell: (row) => <Text size="sm" c="dimmed">{format.moment(row.made_at)}</Text> },
            ]} />
          )}
          {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
        </Plain>
      )}
    </Page>
  );
}
