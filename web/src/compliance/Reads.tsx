// Who of the house has seen data of people, or taken them out: from the record that nobody can change.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '../api/client';
import { useNames } from '../conversations/colleagues';
import { useFormat, useSay } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { whatKey, type Read, type ReadsPage } from './api';

const kPeopleShown = 5;

function Whom({ read }: { read: Read }) {
  const say = useSay();
  const people = [...new Map(read.read.flatMap((one) => one.people).map((one) => [one.id, one])).values()];
  if (people.length === 0) return '—';
  return (
    <Text size="sm" component="span">
      {people.slice(0, kPeopleShown).map((one, place) => <span key={one.id}>{place > 0 && ', '}<Link to={`/app/portfolio/${one.id}`}>{one.name || say('person.unnamed')}</Link></span>)}
      {people.length > kPeopleShown && ` ${say('reads.more', { n: people.length - kPeopleShown })}`}
    </Text>
  );
}

// By name; the login stands below, for two may be called alike.
function Who({ login }: { login: string }) {
  const name = useNames()(login);
  return <div>{name || '—'}{name !== login && <Text size="xs" c="dimmed">{login}</Text>}</div>;
}

export function Reads() {
  const say = useSay();
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['reads'],
    queryFn: ({ pageParam }) => get<ReadsPage>('views/reads', { cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.reads) ?? [];
  const what = (read: Read) => (read.table ? say('reads.exported', { table: read.table }) : [...new Set(read.read.map((one) => say(whatKey(one.what))))].join(', '));
  return (
    <Card title={say('reads.title')}>
      <Stack>
        <Text size="sm" c="dimmed">{say('reads.text')}</Text>
        {query.isPending && <Waiting />}
        {query.isError && <Trouble error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && rows.length === 0 && <Empty title={say('reads.none')} />}
        {rows.length > 0 && (
          <Rows label={say('reads.title')} rows={rows} idOf={(row) => row.id} columns={[
            { name: say('reads.at'), cell: (row) => format.moment(row.at) },
            { name: say('reads.who'), cell: (row) => <Who login={row.by} /> },
            { name: say('reads.what'), cell: what },
            { name: say('reads.people'), cell: (row) => <Whom read={row} /> },
          ]} />
        )}
        {query.hasNextPage && <Group justify="center"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
      </Stack>
    </Card>
  );
}
