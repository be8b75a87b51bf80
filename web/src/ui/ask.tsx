// Asks before something is done that is not taken back easily; resolves to the words that were asked for, or null.
import { Button, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useFormat, useSay } from '../i18n';
import { Dialog } from './Dialog';

export interface Asked {
  title: string;
  text: string;
  action: string;
  words?: string;  // The label of what is to be written, when something is.
  danger?: boolean;
  count?: number;  // How many it reaches: to be typed, so that nobody does it by a click.
}

// Above this many people a click is not enough (quality-bar UX-12).
export const kAskCountAbove = 500;

export function useAsk(): [(asked: Asked) => Promise<string | null>, ReactNode] {
  const say = useSay();
  const [open, setOpen] = useState<(Asked & { answer: (words: string | null) => void }) | null>(null);
  const format = useFormat();
  const [words, setWords] = useState('');
  const [typed, setTyped] = useState('');
  const finish = (given: string | null) => {
    open?.answer(given);
    setOpen(null);
  };
  const ask = (asked: Asked) =>
    new Promise<string | null>((answer) => {
      setWords('');
      setTyped('');
      setOpen({ ...asked, answer });
    });
  const dialog = open && (
    <Dialog onClose={() => finish(null)} title={open.title}>
      <form onSubmit={(event) => { event.preventDefault(); finish(words); }}>
        <Stack>
          <Text size="sm">{open.text}</Text>
          {open.words && <Textarea label={open.words} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize data-autofocus required />}
          {open.count !== undefined && <TextInput label={say('ask.count', { n: format.number(open.count) })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} inputMode="numeric" data-autofocus={!open.words || undefined} required />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish(null)}>{say('action.cancel')}</Button>
            <Button type="submit" disabled={open.count !== undefined && typed.replace(/\D/g, '') !== String(open.count)} color={open.danger ? 'red.9' : undefined}>{open.action}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
  return [ask, dialog];
}
