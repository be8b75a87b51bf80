// What stands around a draft: who has written it, whether it is approved, and what may be done with it.
import { Badge, Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSession } from '../api/session';
import { useNames } from '../conversations/colleagues';
import { useFormat, useSay } from '../i18n';
import { Notice } from '../ui/Notice';
import { useAsk } from '../ui/ask';
import { toast } from '../ui/toast';
import { Diff } from './Diff';
import type { Checked, DraftAtWork } from './useDraft';

const kTypedFrom = 500;  // More people than these: who launches types how many.

function Conflict<C extends Checked>({ draft }: { draft: DraftAtWork<C> }) {
  const say = useSay();
  const nameOf = useNames();
  const theirs = draft.theirs?.data;
  return (
    <Modal opened={theirs !== undefined} onClose={draft.leave} size="xl" title={say('texts.conflict')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      {theirs && (
        <Stack>
          <Text size="sm">{say(theirs.draft ? 'texts.conflict.text' : 'texts.conflict.gone', { who: nameOf(theirs.draft?.editors.at(-1) ?? '') })}</Text>
          <Diff before={theirs.draft?.text ?? theirs.in_force ?? ''} after={draft.text} names={[say('texts.conflict.theirs'), say('texts.conflict.ours')]} />
          <Group justify="flex-end">
            <Button variant="default" onClick={draft.takeTheirs}>{say('texts.conflict.take')}</Button>
            <Button color="red.9" onClick={() => void draft.keepOurs()}>{say('texts.conflict.keep')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Launch<C extends Checked>({ draft, inUse, people, about, opened, close }: { draft: DraftAtWork<C>; inUse: string; people?: number; about: string; opened: boolean; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const [why, setWhy] = useState('');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const mustType = people !== undefined && people > kTypedFrom;
  const isTyped = !mustType || typed.replace(/\D/g, '') === String(people);
  const launch = async () => {
    setBusy(true);
    const done = await draft.launch({ why, ...(people !== undefined && { people }) });
    setBusy(false);
    if (!done) return;
    toast(say('texts.launched'));
    setWhy('');
    setTyped('');
    close();
  };
  return (
    <Modal opened={opened} onClose={close} size="lg" title={say('texts.launch.title')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <form onSubmit={(event) => { event.preventDefault(); void launch(); }}>
        <Stack>
          <Text size="sm">{about}</Text>
          <Diff before={inUse} after={draft.before} names={[say('texts.inForce'), say('texts.draft')]} />
          <Textarea label={say('texts.launch.why')} description={say('texts.launch.why.about')} value={why} onChange={(event) => setWhy(event.currentTarget.value)} autosize maxLength={500} required data-autofocus />
          {mustType && <TextInput label={say('texts.launch.typed', { n: format.number(people) })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} inputMode="numeric" autoComplete="off" required />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" color="red.9" disabled={!why.trim() || !isTyped} loading={busy}>{say('texts.launch')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

// `inUse`: the text whose place the draft takes; the one of its name when it is left out.
export function DraftBar<C extends Checked>({ draft, inUse, people, about, children }: { draft: DraftAtWork<C>; inUse?: string; people?: number; about: string; children?: ReactNode }) {
  const say = useSay();
  const format = useFormat();
  const nameOf = useNames();
  const me = useSession().user.email;
  const [ask, dialog] = useAsk();
  const [launching, setLaunching] = useState(false);
  const kept = draft.kept.data?.data;
  if (!kept) return null;
  const note = kept.draft;
  const waits = note !== null && kept.four_eyes && note.approved_by === '';
  const mayApprove = waits && !note.editors.includes(me) && !draft.isChanged;
  const discard = async () => {
    if ((await ask({ title: say('texts.discard.title'), text: say('texts.discard.text'), action: say('texts.discard'), danger: true })) !== null) await draft.discard();
  };
  return (
    <div className="columns">
      {dialog}
      <Conflict draft={draft} />
      <Launch draft={draft} inUse={inUse ?? kept.in_force ?? ''} people={people} about={about} opened={launching} close={() => setLaunching(false)} />
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Text size="sm">{note ? say('texts.draftOf', { who: note.editors.map(nameOf).join(', '), when: format.since(note.edited_at) }) : say('texts.noDraft')}</Text>
          {draft.isChanged && <Badge variant="default" tt="none" className="warn">{say('texts.unkept')}</Badge>}
          {note?.approved_by && <Badge variant="default" tt="none">{say('texts.approvedBy', { who: nameOf(note.approved_by) })}</Badge>}
        </Group>
        <Group gap="xs">
          {children}
          {note && !draft.isChanged && <Button variant="default" onClick={() => void discard()}>{say('texts.discard')}</Button>}
          {draft.isChanged && <Button variant="default" onClick={() => draft.write(null)}>{say('texts.undo')}</Button>}
          {draft.isChanged && <Button onClick={() => void draft.keep()} disabled={draft.checked !== undefined && !draft.checked.right}>{say('texts.keep')}</Button>}
          {mayApprove && <Button onClick={() => void draft.approve()}>{say('texts.approve')}</Button>}
          {note && !draft.isChanged && !waits && <Button onClick={() => setLaunching(true)}>{say('texts.launch.open')}</Button>}
        </Group>
      </Group>
      {waits && !draft.isChanged && <Notice><Text size="sm">{say(mayApprove ? 'texts.waits.you' : 'texts.waits')}</Text></Notice>}
    </div>
  );
}
