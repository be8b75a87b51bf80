// Somebody else has changed what one was editing: nothing is overwritten silently. One looks at how it stands, or keeps one's own word.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Problem } from '../api/client';
import { useSay } from '../i18n';
import { Dialog } from './Dialog';

// `save` is given the mark to hold against, or "*": whatever it is now. Resolves to what was answered, or to null when one wants to see how it stands.
type Saved = <Answer>(mark: string, save: (match: string) => Promise<Answer>) => Promise<{ answer: Answer } | null>;

export function useConflict(): [Saved, ReactNode] {
  const say = useSay();
  const [open, setOpen] = useState<{ answer: (mine: boolean) => void } | null>(null);
  const saved: Saved = async (mark, save) => {
    try {
      return { answer: await save(mark) };
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'version_mismatch') throw problem;
    }
    const mine = await new Promise<boolean>((answer) => setOpen({ answer }));
    setOpen(null);
    return mine ? { answer: await save('*') } : null;
  };
  const dialog = open && (
    <Dialog onClose={() => open.answer(false)} title={say('conflict.title')}>
      <Stack>
        <Text size="sm">{say('conflict.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => open.answer(true)}>{say('conflict.mine')}</Button>
          <Button onClick={() => open.answer(false)} data-autofocus>{say('conflict.theirs')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
  return [saved, dialog];
}
