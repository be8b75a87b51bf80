// Who is not signed in: the first account of a new house, or the way in with password and second factor.
import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Problem, get, post, queries } from '../api/client';
import type { Session } from '../api/session';
import { useSay, type Key } from '../i18n';
import icon from '../icon.svg';
import { Answer } from '../ui/Answer';
import { troubleText } from '../ui/Trouble';

const enter = (session: Session) => {
  queries.clear();
  queries.setQueryData(['session'], session);
};

function Frame({ title, text, wrong, children, onSubmit }: { title: string; text?: string; wrong?: string; children: ReactNode; onSubmit: () => void }) {
  useEffect(() => {
    document.title = `${title} · Puntual`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w="100%" maw="26rem">
        <form onSubmit={submit}>
          <Stack>
            <Group gap="sm">
              <img src={icon} alt="" width={36} height={36} />
              <Title order={1} size="h3">{title}</Title>
            </Group>
            {text && <Text size="sm" c="dimmed">{text}</Text>}
            {wrong && <Alert color="red" variant="light" role="alert">{wrong}</Alert>}
            {children}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

const kWrong: Record<string, Key> = { sign_in_failed: 'signin.failed', too_many_attempts: 'signin.many' };

function SignIn() {
  const say = useSay();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);  // Null: no second factor was asked for yet.
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setWrong('');
    try {
      enter(await post<Session>('session', { email, password, ...(code && { code }) }));
    } catch (problem) {
      const isSecond = problem instanceof Problem && problem.code === 'second_factor_required';
      if (isSecond && code === null) setCode('');
      else if (problem instanceof Problem && problem.code in kWrong) setWrong(say(code ? 'signin.code.failed' : kWrong[problem.code]));
      else setWrong(isSecond ? say('signin.code.failed') : troubleText(problem, say));
    }
    setBusy(false);
  };
  if (code !== null) {
    return (
      <Frame title={say('signin.code')} text={say('signin.code.text')} wrong={wrong} onSubmit={() => void submit()}>
        {/* A plain field: recovery codes are longer, and password managers fill it. */}
        <TextInput label={say('signin.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" inputMode="numeric" autoFocus required />
        <Button type="submit" loading={busy}>{say('signin.enter')}</Button>
        <Button variant="subtle" onClick={() => { setCode(null); setWrong(''); }}>{say('action.back')}</Button>
      </Frame>
    );
  }
  return (
    <Frame title={say('signin.title')} wrong={wrong} onSubmit={() => void submit()}>
      <TextInput label={say('signin.email')} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoComplete="username" autoFocus required />
      <PasswordInput label={say('signin.password')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" required />
      <Button type="submit" loading={busy}>{say('signin.enter')}</Button>
    </Frame>
  );
}

function Setup() {
  const say = useSay();
  const [form, setForm] = useState({ token: new URLSearchParams(location.hash.slice(1)).get('token') ?? '', name: '', email: '', password: '' });
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value });
  const submit = async () => {
    setBusy(true);
    setWrong('');
    try {
      enter(await post<Session>('setup', form));
    } catch (problem) {
      setWrong(troubleText(problem, say));
    }
    setBusy(false);
  };
  return (
    <Frame title={say('setup.title')} text={say('setup.text')} wrong={wrong} onSubmit={() => void submit()}>
      <TextInput label={say('setup.token')} value={form.token} onChange={set('token')} autoComplete="off" required />
      <TextInput label={say('setup.name')} value={form.name} onChange={set('name')} autoComplete="name" required />
      <TextInput label={say('signin.email')} type="email" value={form.email} onChange={set('email')} autoComplete="username" required />
      <PasswordInput label={say('signin.password')} description={say('setup.password.text')} value={form.password} onChange={set('password')} autoComplete="new-password" minLength={8} required />
      <Button type="submit" loading={busy}>{say('setup.create')}</Button>
    </Frame>
  );
}

export function Door() {
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ open: boolean }>('setup') });
  return <Answer query={setup}>{({ open }) => (open ? <Setup /> : <SignIn />)}</Answer>;
}
