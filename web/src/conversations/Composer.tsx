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
import { offeredOf, wordsOf, type Canned, type Said, type Talk } from './api';
import { tomorrowMorning } from './snooze';
import type { Box } from './unsent';

export const useCanned = (debtor: string) => useQuery({ queryKey: ['canned', debtor], queryFn: () => get<{ canned_replies: Canned[] }>('canned-replies', { debtor }), staleTime: 30_000 });

export function Composer({ talk, box, again, ref }: { talk: Talk; box: Box; again: () => Promise<void>; ref: Ref<HTMLTextAreaElement> }) {
  const say = useSay();
  const format = useFormat();
  const { user, payer_page: payerPage } = useSession();
  const { kind, chosen, key, puts_off: putsOff, change, clear } = box;
  const text = kind === 'note' ? box.note : box.text;
  const [busy, setBusy] = useState(false);
  const canned = useCanned(talk.debtor);
  const person = useQuery({ queryKey: ['person', talk.debtor], queryFn: () => get<PersonView>(`views/people/${talk.debtor}`) });
  const isSilenced = kind === 'reply' && person.data?.opted_out === true;
  const offered = kind === 'reply' ? offeredOf(canned.data?.canned_replies ?? [], text, payerPage !== 'none') : [];
  // A link is made when the reply is sent as it stands.
  const isAsSaved = kind === 'reply' && chosen !== null && text === wordsOf(chosen);
  const hasGaps = kind === 'reply' && !isAsSaved && /\{\{\w+\}\}/.test(text);
  const isOpen = talk.window_until !== null;
  async function finish<T>(send: () => Promise<T>, done: (answer: T) => string) {
    setBusy(true);
    try {
      const answer = await send();
      clear();
      toast(done(answer));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    setBusy(false);
    await again();
  }
  const told = ({ paused, waits_until }: Said) => (paused ? say('conversations.sent.paused') : waits_until ? say('conversations.sent.later', { at: format.moment(waits_until) }) : say('conversations.sent'));
  const reply = (words: { text?: string; canned?: string }) => finish(async () => {
    const said = await post<Said>(`conversations/${talk.debtor}/messages`, { ...words, last_seen: talk.last_seen, by: user.email }, { key });
    if (putsOff) await post(`tasks/${putsOff}/snooze`, { until: tomorrowMorning(format.today()), by: user.email }).catch((problem: unknown) => toastTrouble(problem, say));
    return said;
  }, told);
  const choose = (one: Canned) => change({ chosen: one, text: wordsOf(one) });
  const submit = () => {
    const words = text.trim();
    if (!words || busy || isSilenced || hasGaps) return;
    if (kind === 'note') void finish(() => post(`conversations/${talk.debtor}/notes`, { text: words, by: user.email }), () => say('conversations.noted'));
    else if (offered.length > 0) choose(offered[0]);
    else void reply(isAsSaved ? { canned: chosen.name } : { text: words });
  };
  const withLink = (words: string) => words.replaceAll('{{enlace}}', say('conversations.link'));
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
              <Text size="xs" c="dimmed" lineClamp={2}>{withLink(wordsOf(one))}</Text>
            </UnstyledButton>
          ))}
        </Paper>
      )}
      {isSilenced && <Text size="sm" className="warn">{say('conversations.optedOut')}</Text>}
      {isAsSaved && text.includes('{{enlace}}') && <Text size="xs" c="dimmed">{say('conversations.filled')}</Text>}
      {putsOff && kind === 'reply' && text && <Text size="xs" c="dimmed">{say('conversations.putsOff')}</Text>}
      {hasGaps && <Text size="xs" className="warn">{say('conversations.gaps')}</Text>}
      <Textarea ref={ref} disabled={isSilenced} value={text} onChange={(event) => change(kind === 'note' ? { note: event.currentTarget.value } : { text: event.currentTarget.value, ...(!event.currentTarget.value && { puts_off: '' }) })} onKeyDown={onKey} autosize minRows={2} maxRows={8} maxLength={4000}
                aria-label={say(kind === 'reply' ? 'conversations.reply' : 'conversations.note')}
                placeholder={say(kind === 'reply' ? 'conversations.reply.placeholder' : 'conversations.note.placeholder')} />
      <Group justify="flex-end"><Button onClick={submit} loading={busy} disabled={!text.trim() || isSilenced || hasGaps || offered.length > 0}>{say(kind === 'reply' ? 'conversations.send' : 'conversations.note.add')}</Button></Group>
    </Stack>
  );
}
