// One person as an authority asks for them: what they agreed to and what they refused, the proof of each message, their whole file.
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useSure } from '../access/Sure';
import { get, post } from '../api/client';
import { download } from '../api/download';
import { useMay } from '../api/session';
import { useFormat, useSay, type Key } from '../i18n';
import type { PersonFacts, PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Rows } from '../ui/Rows';
import { toast, toastTrouble } from '../ui/toast';
import type { Compliance } from './api';
import { useProof } from './proof';

// Whoever told us of it is named by the records, not here.
const kWays = ['word', 'button', 'page', 'doubt', 'shared_phone', 'rights'];
const howKey = (through: string) => `optouts.${kWays.includes(through) ? through : 'other'}` as Key;

interface Found {
  people: { id: string; name: string; phone: string }[];
}

function Proofs({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  const proof = useProof();
  const sent = person.messages.filter((one) => one.handed_over_at);
  if (sent.length === 0) return <Empty title={say('proof.none')} />;
  return (
    <Rows label={say('proof.title')} rows={sent.toReversed()} idOf={(one) => one.id} columns={[
      { name: say('proof.sent'), cell: (one) => one.handed_over_at && format.moment(one.handed_over_at) },
      { name: say('proof.text'), cell: (one) => <Text size="sm" lineClamp={2} maw="28rem">{one.text}</Text> },
      { name: say('person.state'), cell: (one) => say(`message.${one.state}` as Key) },
      { name: say('proof.title'), cell: (one) => (
        <Group gap="xs" wrap="nowrap">
          {(['pdf', 'json'] as const).map((as) => <Button key={as} size="xs" variant="default" onClick={() => void proof(one.id, as)} aria-label={say(`proof.${as}`)}>{as.toUpperCase()}</Button>)}
        </Group>
      ) },
    ]} />
  );
}

function Chosen({ id }: { id: string }) {
  const say = useSay();
  const format = useFormat();
  const sure = useSure();
  const queries = useQueryClient();
  const mayWrite = useMay('rights_write');
  const [kind, setKind] = useState('access');
  const [through, setThrough] = useState('email');
  const view = useQuery({ queryKey: ['person', id], queryFn: () => get<PersonView>(`views/people/${id}`) });
  const facts = useQuery({ queryKey: ['person', id, 'facts'], queryFn: () => get<PersonFacts>(`debtors/${id}`) });
  const take = async () => {
    try {
      const told = await post<{ due_on: string }>('rights/take', { subject: id, kind, through });
      toast(say('rights.taken', { on: format.day(told.due_on) }));
      await queries.invalidateQueries();
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const file = () => sure(() => download('rights/export', `expediente-${id}.json`, { body: { subject: id } }));
  return (
    <Answer query={view}>
      {(person) => (
        <Stack>
          <Card title={person.name || say('person.unnamed')} aside={<Button component={Link} to={`/app/portfolio/${id}`} variant="default" size="xs">{say('payments.person')}</Button>}>
            <Answer query={facts} lines={2}>
              {(told) => (
                <ul className="plain-list">
                  {told.consents.map((one) => (
                    <li key={`${one.act} ${one.at} ${one.channel}`} className="line"><span>{[say(`consent.${one.act}` as Key), one.channel, one.instrument].filter(Boolean).join(' · ')}</span><span>{one.dated ? format.moment(one.at) : say('consent.undated', { at: format.moment(one.at) })}</span></li>
                  ))}
                  {told.consents.length === 0 && <li className="line">{say('person.permissions.none')}</li>}
                  {told.opt_outs.map((one) => <li key={`${one.at} ${one.channel}`} className="line"><span className="bad">{say('person.optout')}</span><span>{format.moment(one.at)}</span></li>)}
                </ul>
              )}
            </Answer>
          </Card>
          <Card title={say('proof.messages')}>
            <Text size="sm" c="dimmed" mb="xs">{say('proof.help')}</Text>
            <Proofs person={person} />
          </Card>
          {mayWrite && (
            <Card title={say('rights.take')}>
              <Group align="end">
                <NativeSelect label={say('rights.kind')} value={kind} onChange={(event) => setKind(event.currentTarget.value)}
                              data={(['access', 'rectification', 'opposition', 'erasure'] as const).map((one) => ({ value: one, label: say(`rights.kind.${one}`) }))} />
                <NativeSelect label={say('rights.through')} value={through} onChange={(event) => setThrough(event.currentTarget.value)}
                              data={(['email', 'letter', 'chat', 'phone', 'in_person'] as const).map((one) => ({ value: one, label: say(`rights.through.${one}`) }))} />
                <Button onClick={() => void take()}>{say('rights.take')}</Button>
                <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void file()}>{say('rights.file')}</Button>
              </Group>
            </Card>
          )}
        </Stack>
      )}
    </Answer>
  );
}

export function People({ compliance }: { compliance: Compliance }) {
  const say = useSay();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const chosen = params.get('person') ?? '';
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({ queryKey: ['people', search], queryFn: () => get<Found>('views/people', { search, limit: 10 }), enabled: !!search, placeholderData: keepPreviousData });
  const choose = (id: string) => {
    setTyped('');
    setParams({ show: 'people', person: id });
  };
  return (
    <Stack>
      <TextInput type="search" leftSection={<IconSearch size={18} />} label={say('portfolio.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />
      {search && (
        <Answer query={found} lines={2}>
          {({ people }) => (people.length === 0 ? <Empty title={say('portfolio.none')}>{say('portfolio.none.text')}</Empty> : (
            <Group gap="xs">{people.map((one) => <Button key={one.id} variant="default" onClick={() => choose(one.id)}>{[one.name || say('person.unnamed'), one.phone].join(' · ')}</Button>)}</Group>
          ))}
        </Answer>
      )}
      {chosen && !typed && <Chosen key={chosen} id={chosen} />}
      {!chosen && !typed && (
        <Card title={say('optouts.title', { n: compliance.opted_out })}>
          {compliance.opt_outs.length === 0 ? <Empty title={say('optouts.none')}>{say('optouts.none.text')}</Empty> : (
            <Rows label={say('optouts.latest')} rows={compliance.opt_outs} idOf={(one) => `${one.debtor} ${one.channel} ${one.at}`} columns={[
              { name: say('portfolio.person'), cell: (one) => <Link className="row-link" to={`/app/compliance?show=people&person=${one.debtor}`}>{one.name || say('person.unnamed')}</Link> },
              { name: say('optouts.how'), cell: (one) => say(howKey(one.through)) },
              { name: say('optouts.at'), cell: (one) => format.moment(one.at) },
            ]} />
          )}
        </Card>
      )}
    </Stack>
  );
}
