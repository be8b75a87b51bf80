// Writes an answer, or a note for colleagues. "/" at the beginning offers what was saved. What was seen is told along, so that
// nobody answers past a message that has come in meanwhile.
import { Button, Group, Paper, SegmentedControl, Stack, Text, Textarea, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { get, post } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';
import type { Canned, Talk } from './api';

export function Composer({ talk, again, ref }: { talk: Talk; again: () => Promise<void>; ref: Ref<HTMLTextAreaElement> }) {
  const say = useSay();
  const format = useFormat();
  const { user } = useSession();
  const [kind, setKind] = useState<'reply' | 'note'>('reply');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());  // Of this message: told twice, it is said once.
  const canned = useQuery({ queryKey: ['canned'], queryFn: () => get<{ canned_replies: Canned[] }>('canned-replies'), staleTime: 300_000 });
  const wanted = kind === 'reply' && text.startsWith('/') ? text.slice(1).toLowerCase() : null;
  const offered = wanted === null ? [] : (canned.data?.canned_replies ?? []).filter((one) => one.name.includes(wanted)).slice(0, 6);
  const isOpen = talk.window_until !== null;
  const finish = async (send: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await send();
      setText('');
      key.current = crypto.randomUUID();
      toast(done);
    } catch (problem) {
      toastTrouble(problem, say);
    }
    setBusy(false);
    await again();
  };
  const reply = (words: { text?: string; canned?: string }) =>
    finish(() => post(`conversations/${talk.debtor}/messages`, { ...words, last_seen: talk.last_seen, by: user.email }, { key: key.current }), say('conversations.sent'));
  const submit = () => {
    const words = text.trim();
    if (!words || busy) return;
    if (kind === 'note') void finish(() => post(`conversations/${talk.debtor}/notes`, { text: words, by: user.email }), say('conversations.noted'));
    else if (offered.length === 0 || wanted === null) void reply({ text: words });
    else void reply({ canned: offered[0].name });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <Stack gap="xs" mt="sm">
      <Group justify="space-between" gap="xs">
        <SegmentedControl size="xs" value={kind} onChange={(value) => setKind(value as 'reply' | 'note')} aria-label={say('conversations.reply')}
                          data={[{ value: 'reply', label: say('conversations.reply') }, { value: 'note', label: say('conversations.note') }]} />
        {kind === 'reply' && <Text size="xs" className={isOpen ? undefined : 'warn'} c={isOpen ? 'dimmed' : undefined}>{isOpen ? say('conversations.window', { at: format.moment(talk.window_until!) }) : say('conversations.window.closed')}</Text>}
      </Group>
      {offered.length > 0 && (
        <Paper withBorder p={4}>
          {offered.map((one) => (
            <UnstyledButton key={one.name} className="person-button" onClick={() => void reply({ canned: one.name })}>
              <Text size="sm" fw={600}>/{one.name}</Text>
              <Text size="xs" c="dimmed" lineClamp={2}>{one.text}</Text>
            </UnstyledButton>
          ))}
        </Paper>
      )}
      <Textarea ref={ref} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={onKey} autosize minRows={2} maxRows={8} maxLength={4000}
                aria-label={say(kind === 'reply' ? 'conversations.reply' : 'conversations.note')}
                placeholder={say(kind === 'reply' ? 'conversations.reply.placeholder' : 'conversations.note.placeholder')} />
      <Group justify="flex-end"><Button onClick={submit} loading={busy} disabled={!text.trim()}>{say(kind === 'reply' ? 'conversations.send' : 'conversations.note.add')}</Button></Group>
    </Stack>
  );
}
