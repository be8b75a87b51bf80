// Who is not signed in: the first account of a new house, a new password by a link, or the way in. What a link brings stands behind
// "#": it is sent to no server until it is used, and taken out of the address at once.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem, get, kEnded, post, queries } from '../api/client';
import { becomes, type Session } from '../api/session';
import { useSay, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { troubleText } from '../ui/Trouble';
import { Frame } from './Frame';
import { signInByPasskey, takesPasskeys } from './passkeys';
import { toast } from '../ui/toast';

const kWrong: Record<string, Key> = { sign_in_failed: 'signin.failed', passkey_required: 'signin.passkey', too_many_attempts: 'signin.many' };

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
      becomes(await post<Session>('session', { email, password, ...(code && { code }) }));
    } catch (problem) {
      const isSecond = problem instanceof Problem && problem.code === 'second_factor_required';
      // While somebody guesses at the account, both proofs together still open it.
      const isGuessedAt = problem instanceof Problem && problem.code === 'too_many_attempts';
      if ((isSecond || isGuessedAt) && code === null) {
        setCode('');
        if (isGuessedAt) setWrong(say('signin.many.code'));
      }
      else if (problem instanceof Problem && problem.code in kWrong) setWrong(say(code ? 'signin.code.failed' : kWrong[problem.code]));
      else setWrong(isSecond ? say('signin.code.failed') : troubleText(problem, say));
    }
    setBusy(false);
  };
  const byPasskey = async () => {
    setWrong('');
    try {
      const session = await signInByPasskey();
      if (session) becomes(session);
    } catch (problem) {
      setWrong(problem instanceof Problem && problem.code in kWrong ? say(problem.code === 'sign_in_failed' ? 'signin.passkey.failed' : kWrong[problem.code]) : troubleText(problem, say));
    }
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
    <Frame title={say('signin.title')} text={queries.getQueryData(kEnded) ? say('signin.ended') : undefined} wrong={wrong} onSubmit={() => void submit()}>
      <TextInput label={say('signin.email')} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoComplete="username" autoFocus required />
      <PasswordInput label={say('signin.password')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" required />
      <Button type="submit" loading={busy}>{say('signin.enter')}</Button>
      {takesPasskeys() && <Button variant="default" onClick={() => void byPasskey()}>{say('signin.passkey.use')}</Button>}
    </Frame>
  );
}

function Setup({ token }: { token: string }) {
  const say = useSay();
  const [form, setForm] = useState({ token, name: '', email: '', password: '' });
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value });
  const submit = async () => {
    setBusy(true);
    setWrong('');
    try {
      becomes(await post<Session>('setup', form));
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

function NewPassword({ token, done }: { token: string; done: () => void }) {
  const say = useSay();
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await post('password', { token, password });
      toast(say('password.done'));
      done();
    } catch (problem) {
      setWrong(troubleText(problem, say));
    }
    setBusy(false);
  };
  return (
    <Frame title={say('password.title')} wrong={wrong} onSubmit={() => void submit()}>
      <PasswordInput label={say('signin.password')} description={say('setup.password.text')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="new-password" minLength={8} autoFocus required />
      <Button type="submit" loading={busy}>{say('password.choose')}</Button>
    </Frame>
  );
}

function takeLink() {
  const found = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, '', location.pathname);
  return { setup: found.get('inicio') ?? '', password: found.get('clave') ?? '' };
}
const link = takeLink();  // Once, as the page is loaded.

export function Door() {
  const [token, setToken] = useState(link.password);
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ open: boolean }>('setup') });
  if (token) return <NewPassword token={token} done={() => setToken('')} />;
  return <Answer query={setup}>{({ open }) => (open ? <Setup token={link.setup} /> : <SignIn />)}</Answer>;
}
