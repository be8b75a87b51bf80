// Who of the creditor's people may come in, and as what. A new one gets a link by which they choose their password.
import { Badge, Button, Group, Menu, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSure } from '../access/Sure';
import { get, patch, post } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Rows } from '../ui/Rows';
import { CopyLink } from '../ui/CopyLink';
import { toast } from '../ui/toast';

interface User {
  id: string;
  name: string;
  email: string;
  role: string;
  second_factor: boolean;
  signed_in_at: string | null;
  disabled_at: string | null;
  token?: string;
}
const kRoles = ['owner', 'admin', 'supervisor', 'agent', 'compliance', 'developer', 'auditor'] as const;

function Invite({ done, close }: { done: (user: User) => void; close: () => void }) {
  const say = useSay();
  const sure = useSure();
  const [form, setForm] = useState({ name: '', email: '', role: 'agent' });
  const submit = async () => {
    const user = await sure(() => post<User>('users', form));
    if (user) done(user);
  };
  return (
    <Dialog onClose={close} title={say('people.invite')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          <TextInput label={say('people.name')} value={form.name} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} data-autofocus required />
          <TextInput label={say('signin.email')} type="email" value={form.email} onChange={(event) => setForm({ ...form, email: event.currentTarget.value })} required />
          <NativeSelect label={say('people.role')} description={say(`people.role.${form.role}` as Key)} value={form.role} onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
                        data={kRoles.map((role) => ({ value: role, label: say(`role.${role}`) }))} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit">{say('people.invite')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

export function People() {
  const say = useSay();
  const format = useFormat();
  const session = useSession();
  const queries = useQueryClient();
  const sure = useSure();
  const [inviting, { open, close }] = useDisclosure();
  const [linked, setLinked] = useState<User | null>(null);
  const query = useQuery({ queryKey: ['users'], queryFn: () => get<{ users: User[] }>('users') });
  const again = () => queries.invalidateQueries({ queryKey: ['users'] });
  const change = async (user: User, body: object, done?: string, back?: object) => {
    const changed = await sure(() => patch<User>(`users/${user.id}`, body));
    if (changed?.token) setLinked(changed);
    if (changed && done) toast(done, back && { name: say('action.undo'), act: () => void change(user, back, say('action.undone')) });
    await again();
  };
  return (
    <Card title={say('people.title')} aside={<Button variant="default" onClick={open}>{say('people.invite')}</Button>}>
      {inviting && <Invite close={close} done={(user) => { close(); setLinked(user); void again(); }} />}
      {linked?.token && (
        <CopyLink title={say('people.link', { name: linked.name })} text={say('people.link.text')} url={`${location.origin}/#clave=${linked.token}`} close={() => setLinked(null)} />
      )}
      <Answer query={query}>
        {({ users }) => (
          <Rows label={say('people.title')} rows={users} idOf={(user) => user.id} columns={[
            { name: say('people.name'), cell: (user) => <div><Text fw={550}>{user.name}</Text><Text size="sm" c="dimmed">{user.email}</Text></div> },
            { name: say('people.role'), cell: (user) => say(`role.${user.role}` as Key) },
            { name: say('people.second'), cell: (user) => say(user.second_factor ? 'people.second.yes' : 'people.second.no') },
            { name: say('people.last'), cell: (user) => (user.disabled_at ? <Badge variant="light" color="gray" tt="none">{say('people.disabled')}</Badge> : user.signed_in_at ? format.moment(user.signed_in_at) : '—') },
            { name: say('people.change'), cell: (user) => user.id !== session.user.id && (
              <Menu>
                <Menu.Target><Button size="compact-sm" variant="default">{say('people.change')}</Button></Menu.Target>
                <Menu.Dropdown>
                  <Menu.Label>{say('people.role')}</Menu.Label>
                  {kRoles.filter((role) => role !== user.role).map((role) => <Menu.Item key={role} onClick={() => void change(user, { role }, say('people.role.done', { name: user.name, role: say(`role.${role}`) }), { role: user.role })}>{say(`role.${role}`)}</Menu.Item>)}
                  <Menu.Divider />
                  <Menu.Item onClick={() => void change(user, { reset: true })}>{say('people.reset')}</Menu.Item>
                  {user.second_factor && <Menu.Item onClick={() => void change(user, { second_factor: false })}>{say('people.second.remove')}</Menu.Item>}
                  <Menu.Item onClick={() => void change(user, { disabled: !user.disabled_at }, say(user.disabled_at ? 'people.enabled.done' : 'people.disabled.done', { name: user.name }), { disabled: user.disabled_at !== null })}>{say(user.disabled_at ? 'people.enable' : 'people.disable')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ) },
          ]} />
        )}
      </Answer>
    </Card>
  );
}
