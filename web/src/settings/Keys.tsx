// Keys for other systems: each with the few rights that it needs, for some time. A key is shown once.
import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSure } from '../access/Sure';
import { get, post, remove } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay, type Key as Words } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { CopyLink } from '../ui/CopyLink';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Rows } from '../ui/Rows';
import { useAsk } from '../ui/ask';
import { toast } from '../ui/toast';

interface Key {
  id: string;
  name: string;
  start: string;
  rights: string[];
  created_at: string;
  expires_at: string;
  used_at: string | null;
  key?: string;
}
const kForPeople = ['own_account', 'users_write', 'keys_write'];  // No key has these (docs/access.md).
const kDays = [30, 90, 180, 366];

function NewKey({ done, close }: { done: (key: Key) => void; close: () => void }) {
  const say = useSay();
  const sure = useSure();
  const { rights } = useSession();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const submit = async () => {
    const key = await sure(() => post<Key>('keys', { name: name.trim(), rights: chosen, days: Number(days) }));
    if (key) done(key);
  };
  return (
    <Dialog onClose={close} size="lg" title={say('keys.api.add')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          <TextInput label={say('keys.api.name')} description={say('keys.api.name.text')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={40} data-autofocus required />
          <NativeSelect label={say('keys.api.days')} value={days} onChange={(event) => setDays(event.currentTarget.value)} data={kDays.map((n) => ({ value: String(n), label: say('keys.api.days.n', { n }) }))} />
          <Checkbox.Group label={say('keys.api.rights')} description={say('keys.api.rights.text')} value={chosen} onChange={setChosen}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
              {rights.filter((one) => !kForPeople.includes(one)).map((one) => <Checkbox key={one} value={one} label={say(`right.${one}` as Words)} description={one} />)}
            </SimpleGrid>
          </Checkbox.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" disabled={chosen.length === 0}>{say('keys.api.add')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

export function Keys() {
  const say = useSay();
  const format = useFormat();
  const sure = useSure();
  const queries = useQueryClient();
  const [ask, dialog] = useAsk();
  const [making, { open, close }] = useDisclosure();
  const [made, setMade] = useState<Key | null>(null);
  const query = useQuery({ queryKey: ['api-keys'], queryFn: () => get<{ keys: Key[] }>('keys') });
  const again = () => queries.invalidateQueries({ queryKey: ['api-keys'] });
  const drop = async (key: Key) => {
    if ((await ask({ title: say('keys.api.remove.title', { name: key.name }), text: say('keys.api.remove.text'), action: say('action.remove'), danger: true })) === null) return;
    if (await sure(async () => { await remove(`keys/${key.id}`); return true; })) toast(say('keys.api.removed'));
    await again();
  };
  return (
    <Card title={say('keys.api.title')} aside={<Button variant="default" onClick={open}>{say('keys.api.add')}</Button>}>
      {dialog}
      {making && <NewKey close={close} done={(key) => { close(); setMade(key); void again(); }} />}
      {made?.key && <CopyLink title={say('keys.api.made', { name: made.name })} text={say('keys.api.made.text')} url={made.key} close={() => setMade(null)} />}
      <Answer query={query}>
        {({ keys }) => keys.length === 0 ? <Empty title={say('keys.api.none')}>{say('keys.api.none.text')}</Empty> : (
          <Rows label={say('keys.api.title')} rows={keys} idOf={(key) => key.id} columns={[
            { name: say('keys.api.name'), cell: (key) => <div><Text fw={550}>{key.name}</Text><Text size="sm" c="dimmed">{key.start}…</Text></div> },
            { name: say('keys.api.rights'), cell: (key) => <Text size="sm">{key.rights.map((one) => say(`right.${one}` as Words)).join(' · ')}</Text> },
            { name: say('keys.api.until'), cell: (key) => format.day(key.expires_at.slice(0, 10)) },
            { name: say('keys.api.used'), cell: (key) => (key.used_at ? format.moment(key.used_at) : '—') },
            { name: say('people.change'), cell: (key) => <Button size="compact-sm" variant="default" onClick={() => void drop(key)}>{say('action.remove')}</Button> },
          ]} />
        )}
      </Answer>
    </Card>
  );
}
