// Sets up the second factor: an authenticator reads the picture, its code proves it, and recovery codes are shown once. Whoever needs
// one comes here first; within their settings it stands in another frame.
import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ComponentType } from 'react';
import { post, queries } from '../api/client';
import { useSay } from '../i18n';
import { Answer } from '../ui/Answer';
import { troubleText } from '../ui/Trouble';
import { Frame, type FrameProps } from './Frame';

type Within = ComponentType<FrameProps>;

function Recovery({ codes, within: Within, done }: { codes: string[]; within: Within; done: () => void }) {
  const say = useSay();
  return (
    <Within title={say('second.recovery')} text={say('second.recovery.text')} onSubmit={done}>
      <Code block>{codes.join('\n')}</Code>
      <Group grow>
        <CopyButton value={codes.join('\n')}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{say(copied ? 'action.copied' : 'action.copy')}</Button>}</CopyButton>
        <Button type="submit">{say('second.kept')}</Button>
      </Group>
    </Within>
  );
}

export function SecondFactor({ within: Within = Frame, done = () => undefined }: { within?: Within; done?: () => void }) {
  const say = useSay();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState('');
  const [codes, setCodes] = useState<string[] | null>(null);
  const begun = useQuery({ queryKey: ['totp'], queryFn: () => post<{ secret: string; qr: string }>('me/totp'), staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false });
  const submit = async () => {
    setWrong('');
    try {
      setCodes((await post<{ recovery_codes: string[] }>('me/totp/confirm', { code: code.replace(/\s/g, '') })).recovery_codes);
    } catch (problem) {
      setWrong(troubleText(problem, say));
    }
  };
  if (codes) return <Recovery codes={codes} within={Within} done={() => { done(); void queries.invalidateQueries({ queryKey: ['session'] }); }} />;
  return (
    <Within title={say('second.title')} text={say('second.text')} wrong={wrong} onSubmit={() => void submit()}>
      <Answer query={begun}>
        {({ secret, qr }) => (
          <Stack align="center" gap="xs">
            <img src={`data:image/svg+xml,${encodeURIComponent(qr)}`} alt={say('second.picture')} width={208} height={208} />
            <Text size="sm" c="dimmed">{say('second.typed')}</Text>
            <Code>{secret.replace(/(.{4})/g, '$1 ').trim()}</Code>
          </Stack>
        )}
      </Answer>
      <TextInput label={say('signin.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="one-time-code" inputMode="numeric" required />
      <Button type="submit">{say('second.confirm')}</Button>
    </Within>
  );
}
