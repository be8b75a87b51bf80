// One's own way in: password, authenticator, passkeys, and where one is signed in. What is grave asks first whether it is still oneself.
import { Badge, Button, Code, CopyButton, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { FrameProps } from '../access/Frame';
import { SecondFactor } from '../access/SecondFactor';
import { useSure } from '../access/Sure';
import { beginPasskey, makePasskey, takesPasskeys, type Passkey } from '../access/passkeys';
import { get, post, remove } from '../api/client';
import { useFormat, useSay } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';

interface Me {
  authenticator: boolean;
  recovery_codes_left: number;
}
interface Sitting {
  id: string;
  address: string;
  browser: string;
  created_at: string;
  seen_at: string;
  is_current: boolean;
}

function Form({ title, close, onSubmit, children }: { title: string; close: () => void; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog onClose={close} title={title}>
      <form onSubmit={submit}><Stack>{children}</Stack></form>
    </Dialog>
  );
}

function NewPassword({ close }: { close: () => void }) {
  const say = useSay();
  const sure = useSure();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const submit = async () => {
    const done = await sure(async () => { await post('me/password', { password }); return true; });
    if (!done) return;
    toast(say('account.password.done'));
    close();
    await queries.invalidateQueries({ queryKey: ['sessions'] });
  };
  return (
    <Form title={say('account.password.change')} close={close} onSubmit={() => void submit()}>
      <PasswordInput label={say('account.password.new')} description={say('setup.password.text')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="new-password" minLength={8} data-autofocus required />
      <Text size="sm" c="dimmed">{say('account.others.end')}</Text>
      <Group justify="flex-end"><Button variant="default" onClick={close}>{say('action.cancel')}</Button><Button type="submit">{say('password.choose')}</Button></Group>
    </Form>
  );
}

function NewPasskey({ close }: { close: () => void }) {
  const say = useSay();
  const sure = useSure();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const submit = async () => {
    const options = await sure(beginPasskey);
    if (!options) return;
    try {
      const made = await makePasskey(options, name.trim());
      if (!made) return toast(say('account.passkey.refused'));
      toast(say('account.passkey.done', { name: made.name }));
      close();
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  };
  return (
    <Form title={say('account.passkey.add')} close={close} onSubmit={() => void submit()}>
      <TextInput label={say('account.passkey.name')} description={say('account.passkey.name.text')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={64} data-autofocus required />
      <Text size="sm" c="dimmed">{say('account.others.end')}</Text>
      <Group justify="flex-end"><Button variant="default" onClick={close}>{say('action.cancel')}</Button><Button type="submit">{say('account.passkey.go')}</Button></Group>
    </Form>
  );
}

function Codes({ codes, close }: { codes: string[]; close: () => void }) {
  const say = useSay();
  return (
    <Form title={say('second.recovery')} close={close} onSubmit={close}>
      <Text size="sm">{say('second.recovery.text')}</Text>
      <Code block>{codes.join('\n')}</Code>
      <Group grow>
        <CopyButton value={codes.join('\n')}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{say(copied ? 'action.copied' : 'action.copy')}</Button>}</CopyButton>
        <Button type="submit">{say('second.kept')}</Button>
      </Group>
    </Form>
  );
}

// "Mozilla/5.0 (X11; Linux x86_64) … Chrome/130.0 …": what people call it.
export function browserName(text: string): string {
  const known = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['SamsungBrowser/', 'Samsung Internet'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const;
  const systems = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const;
  const find = (all: readonly (readonly [string, string])[]) => all.find(([mark]) => text.includes(mark))?.[1];
  return [find(known), find(systems)].filter(Boolean).join(' · ') || text;
}

function Inline({ title, text, wrong, children, onSubmit }: FrameProps) {
  return (
    <form onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>
      <Stack maw="26rem">
        <Title order={3} size="h5">{title}</Title>
        {text && <Text size="sm" c="dimmed">{text}</Text>}
        {wrong && <Notice tone="bad" urgent>{wrong}</Notice>}
        {children}
      </Stack>
    </form>
  );
}

function Line({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return <Group component="li" justify="space-between" align="start" py={6} gap="xs" wrap="nowrap"><div>{children}</div>{actions}</Group>;
}

export function Account() {
  const say = useSay();
  const format = useFormat();
  const sure = useSure();
  const queries = useQueryClient();
  const [ask, dialog] = useAsk();
  const [open, setOpen] = useState<'password' | 'passkey' | 'authenticator' | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const me = useQuery({ queryKey: ['me'], queryFn: () => get<Me>('me') });
  const passkeys = useQuery({ queryKey: ['passkeys'], queryFn: () => get<{ passkeys: Passkey[] }>('me/passkeys') });
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => get<{ sessions: Sitting[] }>('sessions') });
  const close = () => setOpen(null);
  const act = async (what: () => Promise<unknown>, done: string) => {
    if (!(await sure(async () => { await what(); return true; }))) return;
    toast(done);
    await queries.invalidateQueries();
  };
  const renewCodes = async () => {
    const renewed = await sure(() => post<{ recovery_codes: string[] }>('me/recovery-codes'));
    if (renewed) setCodes(renewed.recovery_codes);
    await queries.invalidateQueries({ queryKey: ['me'] });
  };
  const dropAuthenticator = async () => {
    if ((await ask({ title: say('account.totp.remove.title'), text: say('account.totp.remove.text'), action: say('action.remove'), danger: true })) !== null) await act(() => remove('me/totp'), say('account.totp.removed'));
  };
  const dropPasskey = async (one: Passkey) => {
    if ((await ask({ title: say('account.passkey.remove.title', { name: one.name }), text: say('account.passkey.remove.text'), action: say('action.remove'), danger: true })) !== null) {
      await act(() => remove(`me/passkeys/${one.id}`), say('account.passkey.removed'));
    }
  };
  // It wants a fresh proof, which is asked for before its picture is shown.
  const addAuthenticator = async () => { if (await sure(() => post('me/totp'))) setOpen('authenticator'); };
  if (open === 'authenticator') {
    return (
      <Card title={say('account.title')} aside={<Button variant="default" onClick={close}>{say('action.cancel')}</Button>}>
        <SecondFactor within={Inline} done={() => { close(); void queries.invalidateQueries({ queryKey: ['me'] }); }} />
      </Card>
    );
  }
  return (
    <Card title={say('account.title')}>
      {dialog}
      {open === 'password' && <NewPassword close={close} />}
      {open === 'passkey' && <NewPasskey close={close} />}
      {codes && <Codes codes={codes} close={() => setCodes(null)} />}
      <Stack>
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpen('password')}>{say('account.password.change')}</Button>
          {me.data && !me.data.authenticator && <Button variant="default" onClick={() => void addAuthenticator()}>{say('account.totp.add')}</Button>}
          {me.data?.authenticator && (
            <>
              <Button variant="default" onClick={() => void renewCodes()}>{say('account.codes.renew')}</Button>
              <Button variant="default" onClick={() => void dropAuthenticator()}>{say('account.totp.remove')}</Button>
            </>
          )}
        </Group>
        {me.data?.authenticator && <Text size="sm" c="dimmed">{say('account.codes.left', { n: me.data.recovery_codes_left })}</Text>}
        <section aria-label={say('account.passkeys')}>
          <Title order={3} size="h5" mb={4}>{say('account.passkeys')}</Title>
          <Text size="sm" c="dimmed" mb={4}>{say(takesPasskeys() ? 'account.passkeys.text' : 'account.passkeys.none')}</Text>
          <Answer query={passkeys} lines={1}>
            {(all) => (
              <ul className="plain-list">
                {all.passkeys.map((one) => (
                  <Line key={one.id} actions={<Button size="compact-sm" variant="default" onClick={() => void dropPasskey(one)}>{say('action.remove')}</Button>}>
                    <Text size="sm" fw={550}>{one.name}</Text>
                    <Text size="xs" c="dimmed">{one.used_at ? say('account.used', { at: format.moment(one.used_at) }) : say('account.unused')}</Text>
                  </Line>
                ))}
              </ul>
            )}
          </Answer>
          {takesPasskeys() && <Button size="compact-sm" variant="default" onClick={() => setOpen('passkey')}>{say('account.passkey.add')}</Button>}
        </section>
        <section aria-label={say('account.sessions')}>
          <Title order={3} size="h5" mb={4}>{say('account.sessions')}</Title>
          <Answer query={sessions} lines={2}>
            {(all) => (
              <ul className="plain-list">
                {all.sessions.map((one) => (
                  <Line key={one.id} actions={one.is_current ? <Badge variant="light" tt="none">{say('account.here')}</Badge>
                    : <Button size="compact-sm" variant="default" onClick={() => void act(() => remove(`sessions/${one.id}`), say('account.session.ended'))}>{say('account.session.end')}</Button>}>
                    <Text size="sm">{browserName(one.browser)}</Text>
                    <Text size="xs" c="dimmed">{[one.address, say('account.seen', { at: format.moment(one.seen_at) })].filter(Boolean).join(' · ')}</Text>
                  </Line>
                ))}
              </ul>
            )}
          </Answer>
        </section>
      </Stack>
    </Card>
  );
}
