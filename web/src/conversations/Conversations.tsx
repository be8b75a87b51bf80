// Conversaciones: who waits, what was said, and beside it who it is. By mouse, by keys, and on a phone one after the other.
import { Badge, Button, Card as Plain, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useHome, useSay, type Key } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Trouble } from '../ui/Trouble';
import { useKeys } from '../ui/keys';
import { usePutOff } from '../ui/later';
import { SavedViews } from '../views/SavedViews';
import type { ListFilter } from '../views/api';
import { Thread } from './Thread';
import { useNames } from './colleagues';
import { useLabels } from './Labels';
import type { Entry, EntryPage } from './api';

const kFilters = ['waiting', 'mine', 'snoozed', 'all'] as const;

// The last words, and who said them when it was we.
function Last({ last }: { last: NonNullable<Entry['last']> }) {
  const say = useSay();
  const home = useHome();
  const text = last.text || (last.type === 'text' ? '' : `[${last.type}]`);
  const told = last.from === 'debtor' ? text : say(last.from === 'machine' ? 'conversations.last.machine' : 'conversations.last.ours', { text });
  return <Text size="sm" c="dimmed" truncate lang={home}>{told}</Text>;
}

// Somebody stands once in the list, whatever number of tasks waits for them.
function Person({ entries: [entry, ...others], here, to }: { entries: Entry[]; here: boolean; to: string }) {
  const nameOf = useNames();
  const say = useSay();
  const format = useFormat();
  return (
    <Link className="person-button" to={to} aria-current={here}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text fw={550} truncate>{entry.name || say('person.unnamed')}</Text>
        {entry.last && <Text size="xs" c="dimmed" component="time" dateTime={entry.last.at} flex="none" title={format.near(entry.last.at)}>{format.brief(entry.last.at)}</Text>}
      </Group>
      {entry.task && <Text size="sm" truncate>{[entry, ...others].map((one) => one.task && say(`task.${one.task.kind}` as Key)).filter(Boolean).join(' · ')}</Text>}
      {entry.last && <Last last={entry.last} />}
      <Text size="xs" c="dimmed" component="div">
        {entry.labels.map((one) => <Badge key={one} size="xs" variant="outline" tt="none" color="gray" mr={4}>{one}</Badge>)}
        {entry.task && format.since(entry.task.opened_at)}{' '}
        {entry.task?.assignee ? <Badge size="xs" variant="light" tt="none" color="gray">{nameOf(entry.task.assignee)}</Badge>
          : entry.has_person && <Badge size="xs" variant="light" tt="none" color="gray">{say('conversations.held')}</Badge>}
      </Text>
    </Link>
  );
}

export default function Conversations() {
  const say = useSay();
  const { user } = useSession();
  const [params, setParams] = useSearchParams();
  const filter = params.get('filter') ?? 'waiting';
  const label = params.get('label') ?? '';
  const chosen = params.get('with');
  const labels = useLabels();
  // As it stands in the address, so that a view leads back to it.
  const shown: ListFilter = label ? { label } : filter !== 'waiting' ? { filter } : {};
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const field = useRef<HTMLInputElement>(null);
  const query = useInfiniteQuery({
    queryKey: ['conversations', filter, label, wanted],
    queryFn: ({ pageParam }) => get<EntryPage>('conversations', wanted ? { search: wanted, cursor: pageParam } : { filter, assignee: filter === 'mine' ? user.email : '', label, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
  const closing = usePutOff();
  const entries = (query.data?.pages.flatMap((page) => page.conversations) ?? []).filter((entry) => !(entry.task && closing.includes(entry.task.id)));
  const people = [...new Set(entries.map((entry) => entry.debtor))];
  const withPerson = (debtor: string) => `?${new URLSearchParams({ ...shown, with: debtor })}`;
  const move = (by: number) => {
    const place = people.indexOf(chosen ?? '');
    const next = people[place < 0 ? 0 : Math.min(Math.max(place + by, 0), people.length - 1)];
    if (next) setParams((now) => { now.set('with', next); return now; }, { replace: true });
  };
  useKeys({ j: () => move(1), k: () => move(-1), '/': () => field.current?.focus() });
  return (
    <Page title={say('conversations.title')} actions={
      <>
        <SavedViews page="conversations" filter={shown} onChoose={(view) => { setSearch(''); setParams(new URLSearchParams({ ...view })); }} />
        {(labels.length > 0 || label) && (
          <Select w="12rem" aria-label={say('conversations.labels')} placeholder={say('conversations.labels.any')} value={label || null} clearable searchable
                  onChange={(value) => setParams((now) => { if (value) now.set('label', value); else now.delete('label'); return now; })}
                  data={labels.map((one) => ({ value: one.label, label: say('conversations.labels.one', { label: one.label, n: one.count }) }))} />
        )}
        <SegmentedControl value={label || wanted ? '' : filter} aria-label={say('conversations.filter')} onChange={(value) => { setSearch(''); setParams({ filter: value }); }}
                          data={kFilters.map((one) => ({ value: one, label: say(`conversations.${one}`) }))} />
      </>
    }>
      <div className={chosen ? 'talk chosen' : 'talk'}>
        <Plain withBorder p="xs" className="people-side">
          <TextInput ref={field} type="search" mb="xs" leftSection={<IconSearch size={16} />} aria-label={say('conversations.search')} placeholder={say('conversations.search')} value={search}
                     onChange={(event) => setSearch(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter') move(1); if (event.key === 'Escape') field.current?.blur(); }} />
          {query.isPending && <Waiting />}
          {query.isError && <Trouble error={query.error} retry={() => void query.refetch()} />}
          {query.isSuccess && entries.length === 0 && <Empty title={say(wanted ? 'conversations.search.none' : 'conversations.none')}>{say(wanted ? 'conversations.search.none.text' : 'conversations.none.text')}</Empty>}
          <nav className="people" aria-label={say('conversations.list')}>
            {people.map((debtor) => <Person key={debtor} entries={entries.filter((one) => one.debtor === debtor)} here={debtor === chosen} to={withPerson(debtor)} />)}
            {query.hasNextPage && <Button variant="subtle" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button>}
          </nav>
        </Plain>
        {chosen ? <Thread key={chosen} debtor={chosen} leave={() => setParams((now) => { now.delete('with'); return now; })} /> : (
          <Plain withBorder className="thread-side"><Empty title={say('conversations.choose')}>{say('conversations.choose.text')}</Empty></Plain>
        )}
      </div>
    </Page>
  );
}
