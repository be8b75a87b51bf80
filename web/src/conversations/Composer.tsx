// Writes an answer, or a note for colleagues. "/" at the beginning offers what was saved; what is chosen comes into the field to be
// read first. What was seen is told along, so that nobody answers past a message that has come in meanwhile.
import { Button, Group, Paper, SegmentedControl, Stack, Text, Textarea, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { get, post, Problem } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { Answer } from '../ui/Answer';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';
import type { PersonView } from '../portfolio/api';
import { offeredOf, wordsOf, type Canned, type Opening, type Said, type Talk } from './api';
import { tomorrowMorning } from './snooze';
import type { Box } from './unsent';

export const useCanned = (debtor: string) => useQuery({ queryKey: ['canned', debtor], queryFn: () => get<{ canned_replies: Canned[] }>('canned-replies', { debtor }), staleTime: 30_000 });

// The server's sentence goes on with how it is told by the command line.
const kHowElsewhere = ' Quien es supervisor';
const plainly = (problem: Problem) => problem.detail.split(kHowElsewhere)[0].replace(/^no se envió: /, '').replace(/ \([A-Z_]+\)/g, '');
const kOverruling = ['owner', 'admin', 'supervisor'];

// WhatsApp takes no free text now: what opens the conversation again, or from when on it may.
function ClosedWindow({ talk, again }: { talk: Talk; again: () => Promise<void> }) {
  const say = useSay();
  const format = useFormat();
  const { user } = useSession();
  const key = useRef(crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const opening = useQuery({ queryKey: ['opening', talk.debtor], queryFn: () => get<Opening>(`conversations/${talk.debtor}/opening`) });
  const isLeaving = talk.lines.some((line) => line.from === 'person' && line.state === 'planned');
  const send = async (template: string) => {
    setBusy(true);
    try {
      const { paused, waits_until } = await post<Said>(`conversations/${talk.debtor}/messages`, { template, last_seen: talk.last_seen, by: user.email }, { key: key.current });
      toast(paused ? say('conversations.sent.paused') : waits_until ? say('conversations.sent.later', { at: format.moment(waits_until) }) : say('conversations.opening.sent'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    key.current = crypto.randomUUID();
    setBusy(false);
    await Promise.all([again(), opening.refetch()]);
  };
  return (
    <Stack gap="xs">
      <Text size="sm" className="warn">{say('conversations.window.closed')}</Text>
      <Answer query={opening}>
        {({ template, text, why_not: why, not_before: from }) => (
          <>
            {template ? (
              <>
                <Text size="sm">{say(why ? 'conversations.opening.later' : 'conversations.opening')}</Text>
                {why && <Text size="sm">{why.replace(/ \([A-Z_-]+\)/g, '')}</Text>}
                {from && <Text size="sm" fw={600}>{say('conversations.opening.from', { at: format.moment(from) })}</Text>}
                <div className="bubble ours"><div className="pre">{text.replaceAll('{{enlace}}', say('conversations.link'))}</div></div>
              </>
            ) : <Text size="sm">{why || say('conversations.opening.none')}</Text>}
            {template && <Group justify="flex-end"><Button onClick={() => void send(template)} loading={busy} disabled={why !== '' || isLeaving}>{say('conversations.opening.send')}</Button></Group>}
          </>
        )}
      </Answer>
    </Stack>
  );
}

export function Composer({ talk, box, again, ref }: { talk: Talk; box: Box; again: () => Promise<void>; ref: Ref<HTMLTextAreaElement> }) {
  const say = useSay();
  const format = useFormat();
  const { user, payer_page: payerPage } = useSession();
  const { kind, chosen, key, puts_off: putsOff, change, clear } = box;
  const text = kind === 'note' ? box.note : box.text;
  const [busy, setBusy] = useState(false);
  const canned = useCanned(talk.debtor);
  const person = useQuery({ queryKey: ['person', talk.debtor], queryFn: () => get<PersonView>(`views/people/${talk.debtor}`) });
  const isSilenced = kind === 'reply' && (talk.erased || person.data?.opted_out === true);
  const offered = kind === 'reply' ? offeredOf(canned.data?.canned_replies ?? [], text, payerPage !== 'none') : [];
  // A link is made when the reply is sent as it stands.
  const isAsSaved = kind === 'reply' && chosen !== null && text === wordsOf(chosen);
  const hasGaps = kind === 'reply' && !isAsSaved && /\{\{\w+\}\}/.test(text);
  const isOpen = talk.window_until !== null;
  const [ask, dialog] = useAsk();
  const mayOverrule = kOverruling.includes(user.role);
  // `overrule`: sends it all the same, with why; asked when the books do not know an account or a sum in it.
  async function finish<T>(send: () => Promise<T>, done: (answer: T) => string, overrule?: (despite: string) => Promise<T>) {
    setBusy(true);
    try {
      let answer: T;
      try {
        answer = await send();
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.code !== 'unsafe_state' || !overrule) throw problem;
        setBusy(false);
        const why = await ask({ title: say('conversations.despite.title'), text: `${plainly(problem)} ${say('conversations.despite.text')}`, action: say('conversations.despite.send'), words: say('conversations.despite.why') });
        if (why === null) return;
        setBusy(true);
        answer = await overrule(why);
      }
      clear();
      toast(done(answer));
    } catch (problem) {
      toastTrouble(problem instanceof Problem && problem.code === 'unsafe_state' ? new Problem(problem.status, problem.code, plainly(problem)) : problem, say);
    }
    setBusy(false);
    await again();
  }
  const told = ({ paused, waits_until }: Said) => (paused ? say('conversations.sent.paused') : waits_until ? say('conversations.sent.later', { at: format.moment(waits_until) }) : say('conversations.sent'));
  const leave = (words: { text?: string; canned?: string }) => async (despite?: string) => {
    const said = await post<Said>(`conversations/${talk.debtor}/messages`, { ...words, ...(despite && { despite }), last_seen: talk.last_seen, by: user.email }, { key });
    if (putsOff) await post(`tasks/${putsOff}/snooze`, { until: tomorrowMorning(format.today()), by: user.email }).catch((problem: unknown) => toastTrouble(problem, say));
    return said;
  };
  const reply = (words: { text?: string; canned?: string }) => finish(() => leave(words)(), told, mayOverrule ? leave(words) : undefined);
  const choose = (one: Canned) => change({ chosen: one, text: wordsOf(one) });
  const submit = () => {
    const words = text.trim();
    if (!words || busy || isSilenced || hasGaps) return;
    if (kind === 'note') void finish(() => post(`conversations/${talk.debtor}/notes`, { text: words, by: user.email }), () => say('conversations.noted'));
    else if (offered.length > 0) choose(offered[0]);
    else void reply(isAsSaved ? { canned: chosen.name } : { text: words });
  };
  const withLink = (words: string) => words.replaceAll('{{enlace}}', say('conversations.link'));
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur(); // The way back to the keys: while one writes they rest.
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  };
  const isClosed = kind === 'reply' && !isOpen && !isSilenced;
  return (
    <Stack gap="xs" mt="sm">
      {dialog}
      <Group justify="space-between" gap="xs">
        <SegmentedControl size="xs" value={kind} onChange={(value) => change({ kind: value as 'reply' | 'note' })} aria-label={say('conversations.reply')}
                          data={[{ value: 'reply', label: say('conversations.reply') }, { value: 'note', label: say('conversations.note') }]} />
        {kind === 'reply' && isOpen && !isSilenced && <Text size="xs" c="dimmed">{say('conversations.window', { at: format.moment(talk.window_until!) })}</Text>}
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
      {isSilenced && <Text size="sm" className="warn">{say(talk.erased ? 'conversations.erased' : 'conversations.optedOut')}</Text>}
      {isAsSaved && text.includes('{{enlace}}') && <Text size="xs" c="dimmed">{say('conversations.filled')}</Text>}
      {putsOff && kind === 'reply' && text && <Text size="xs" c="dimmed">{say('conversations.putsOff')}</Text>}
      {hasGaps && <Text size="xs" className="warn">{say('conversations.gaps')}</Text>}
      {isClosed ? <ClosedWindow talk={talk} again={again} /> : <>
      <Textarea ref={ref} disabled={isSilenced} value={text} onChange={(event) => change(kind === 'note' ? { note: event.currentTarget.value } : { text: event.currentTarget.value, ...(!event.currentTarget.value && { puts_off: '' }) })} onKeyDown={onKey} autosize minRows={2} maxRows={8} maxLength={4000}
                aria-label={say(kind === 'reply' ? 'conversations.reply' : 'conversations.note')}
                placeholder={say(kind === 'reply' ? 'conversations.reply.placeholder' : 'conversations.note.placeholder')} />
      <Group justify="flex-end"><Button onClick={submit} loading={busy} disabled={!text.trim() || isSilenced || hasGaps || offered.length > 0}>{say(kind === 'reply' ? 'conversations.send' : 'conversations.note.add')}</Button></Group>
      </>}
    </Stack>
  );
}
