// Asks before something is done that is not taken back easily; resolves to the words that were asked for, or null.
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSay } from '../i18n';

export interface Asked {
  title: string;
  text: string;
  action: string;
  words?: string;  // The label of what is to be written, when something is.
  danger?: boolean;
}

export function useAsk(): [(asked: Asked) => Promise<string | null>, ReactNode] {
  const say = useSay();
  const [open, setOpen] = useState<(Asked & { answer: (words: string | null) => void }) | null>(null);
  const [words, setWords] = useState('');
  const finish = (given: string | null) => {
    open?.answer(given);
    setOpen(null);
  };
  const ask = (asked: Asked) =>
    new Promise<string | null>((answer) => {
      setWords('');
      setOpen({ ...asked, answer });
    });
  const dialog = open && (
    <Modal opened onClose={() => finish(null)} title={open.title} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <form onSubmit={(event) => { event.preventDefault(); finish(words); }}>
        <Stack>
          <Text size="sm">{open.text}</Text>
          {open.words && <Textarea label={open.words} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize data-autofocus required />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => finish(null)}>{say('action.cancel')}</Button>
            <Button type="submit" color={open.danger ? 'red.9' : undefined}>{open.action}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
  return [ask, dialog];
}
