// What is grave wants a proof of the last five minutes that it is still the same person. Asks for it when the server does, and then
// does what was wanted.
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { Problem, post, queries } from '../api/client';
import { becomes, useSession } from '../api/session';
import { useSay } from '../i18n';
import { troubleText } from '../ui/Trouble';
import { toastTrouble } from '../ui/toast';
import { signInByPasskey, takesPasskeys } from './passkeys';

// What asks for the proof is most often a dialog itself.
const kAboveDialogs = 400;

// Undefined: it was not done, and whoever asked has been told why.
type Sure = <T>(act: () => Promise<T>) => Promise<T | undefined>;
const SureContext = createContext<Sure | null>(null);

export function useSure(): Sure {
  const sure = useContext(SureContext);
  if (!sure) throw new Error('SureProvider is missing');
  return sure;
}

export function SureProvider({ children }: { children: ReactNode }) {
  const say = useSay();
  const { second_factor: second, user } = useSession();
  const [open, setOpen] = useState<{ again: () => Promise<void>; leave: () => void } | null>(null);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState('');
  const close = () => {
    setOpen(null);
    setPassword('');
    setCode('');
    setWrong('');
  };
  const sure: Sure = async (act) => {
    try {
      return await act();
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'fresh_sign_in_required') {
        toastTrouble(problem, say);
        return undefined;
      }
      return new Promise((resolve) => {
        const again = async () => {
          try {
            resolve(await act());
          } catch (later) {
            toastTrouble(later, say);
            resolve(undefined);
          }
        };
        setOpen({ again, leave: () => resolve(undefined) });
      });
    }
  };
  const submit = async () => {
    setWrong('');
    try {
      await post('me/confirm', { password, ...(code && { code }) });
    } catch (problem) {
      setWrong(problem instanceof Problem && problem.status === 401 ? say(second.has ? 'sure.wrong.both' : 'sure.wrong') : troubleText(problem, say));
      return;
    }
    await goOn();
  };
  const goOn = async () => {
    const waiting = open;
    close();
    await waiting?.again();
  };
  // Signing in anew with it is the proof; the session is another one from then on.
  const byPasskey = async () => {
    setWrong('');
    try {
      const session = await signInByPasskey();
      if (!session) return;
      if (session.user.id !== user.id) return becomes(session);
      queries.setQueryData(['session'], session);
    } catch (problem) {
      setWrong(troubleText(problem, say));
      return;
    }
    await goOn();
  };
  return (
    <SureContext.Provider value={sure}>
      {children}
      <Modal zIndex={kAboveDialogs} opened={open !== null} onClose={() => { open?.leave(); close(); }} title={say('sure.title')} closeButtonProps={{ 'aria-label': say('action.close') }}>
        <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <Stack>
            <Text size="sm">{say('sure.text')}</Text>
            <PasswordInput label={say('signin.password')} value={password} error={wrong} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password" data-autofocus required />
            {second.has && <TextInput label={say('signin.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" inputMode="numeric" required />}
            <Group justify="flex-end">
              {takesPasskeys() && <Button variant="default" onClick={() => void byPasskey()}>{say('sure.passkey')}</Button>}
              <Button type="submit">{say('sure.go')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </SureContext.Provider>
  );
}
