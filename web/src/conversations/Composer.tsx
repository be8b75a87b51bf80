// Writes an answer, or a note for colleagues. "/" at the beginning offers what was saved; what is chosen comes into the field to be
// read first. What was seen is told along, so that nobody answers past a message that has come in meanwhile.
import { Button, Group, Paper, SegmentedControl, Stack, Text, Textarea, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type Ref } from 'react';
import { get, post } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';
import type { PersonView } from '../portfolio/api';
import { offeredOf, type Canned, type Talk } from './api';
import { useUnsent } from './unsent';

export function Composer({ talk, again, ref }: { talk: Talk; again: () => Promise<void>; ref: Ref<HTMLTextAreaElement> }) {
  const say = useSay();
  const format = useFormat();
  const { user, payer_page: payerPage } = useSession();
  const { kind, text, chosen, key, change, clear } = useUnsent(talk.debtor);
  const [busy, setBusy] = useState(false);
  const canned = useQuery({ queryKey: ['canned'], queryFn: () => get<{ canned_replies: Canned[] }>('canned-replies'), staleTime: 300_000 });
  const person = useQuery({ queryKey: ['person', talk.debtor], queryFn: () => get<PersonView>(`views/people/${talk.debtor}`) });
  const today = useQuery({ queryKey: ['today'], queryFn: () => get<{ paused: object | null }>('views/today') });
  const isSilenced = kind === 'reply' && person.data?.opted_out === true;
  const offered = kind === 'reply' ? offeredOf(canned.data?.canned_replies ?? [], text, payerPage !== 'none') : [];
  // The values of a saved reply are put in when it is sent as it stands.
  const isAsSaved = kind === 'reply' && chosen !== null && text === chosen.text;
  const hasGaps = kind === 'reply' && !isAsSaved && /\{\{\w+\}\}/.test(text);
  const isOpen = talk.window_until !== null;
  const finish = async (send: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await send();
      clear();
      toast(done);
    } catch (problem) {
      toastTrouble(problem, say);
    }
    setBusy(false);
    await again();
  };
  const reply = (words: { text?: string; canned?: string }) =>
    finish(() => post(`conversations/${talk.debtor}/messages`, { ...words, last_seen: talk.last_seen, by: user.email }, { key }), say(today.data?.paused ? 'conversations.sent.paused' : 'conversations.sent'));
  const choose = (one: Canned) => change({ chosen: one, text: one.text });
  const submit = () => {
    const words = text.trim();
    if (!words || busy || isSilenced || hasGaps) return;
    if (kind === 'note') void finish(() => post(`conversations/${talk.debtor}/notes`, { text: words, by: user.email }), say('conversations.noted'));
    else if (offered.length > 0) choose(offered[0]);
    else void reply(isAsSaved ? { canned: chosen.name } : { text: words });
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
        <SegmentedControl size="xs" value={kind} onChange={(value) => change({ kind: value as 'reply' | 'note' })} aria-label={say('conversations.reply')}
                          data={[{ value: 'reply', label: say('conversations.reply') }, { value: 'note', label: say('conversations.note') }]} />
        {kind === 'reply' && <Text size="xs" className={isOpen ? undefined : 'warn'} c={isOpen ? 'dimmed' : undefined}>{isOpen ? say('conversations.window', { at: format.moment(talk.window_until!) }) : say('conversations.window.closed')}</Text>}
      </Group>
      {offered.length > 0 && (
        <Paper withBorder p={4}>
          {offered.map((one) => (
            <UnstyledButton key={one.name} className="person-button" onClick={() => choose(one)}>
              <Text size="sm" fw={600}>/{one.name}</Text>
              <Text size="xs" c="dimmed" lineClamp={2}>{one.text}</Text>
            </UnstyledButton>
          ))}
        </Paper>
      )}
      {isSilenced && <Text size="sm" className="warn">{say('conversations.optedOut')}</Text>}
      {isAsSaved && <Text size="xs" c="dimmed">{say('conversations.filled')}</Text>}
      {hasGaps && <Text size="xs" className="warn">{say('conversations.gaps')}</Text>}
      <Textarea ref={ref} disabled={isSilenced} value={text} onChange={(event) => change({ text: event.currentTarget.value })} onKeyDown={onKey} autosize minRows={2} maxRows={8} maxLength={4000}
                aria-label={say(kind === 'reply' ? 'conversations.reply' : 'conversations.note')}
                placeholder={say(kind === 'reply' ? 'conversations.reply.placeholder' : 'conversations.note.placeholder')} />
      <Group justify="flex-end"><Button onClick={submit} loading={busy} disabled={!text.trim() || isSilenced || hasGaps || offered.length > 0}>{say(kind === 'reply' ? 'conversations.send' : 'conversations.note.add')}</Button></Group>
    </Stack>
  );
}
