// Somebody else has changed what one was editing: nothing is overwritten silently. One looks at how it stands, or keeps one's own word.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Problem } from '../api/client';
import { useSay } from '../i18n';

// `save` is given the mark to hold against, or "*": whatever it is now. Resolves to false when one wants to see how it stands.
type Save = (match: string) => Promise<unknown>;

export function useConflict(): [(mark: string, save: Save) => Promise<boolean>, ReactNode] {
  const say = useSay();
  const [open, setOpen] = useState<{ answer: (mine: boolean) => void } | null>(null);
  const saved = async (mark: string, save: Save) => {
    try {
      await save(mark);
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'version_mismatch') throw problem;
    }
    const mine = await new Promise<boolean>((answer) => setOpen({ answer }));
    setOpen(null);
    if (mine) await save('*');
    return mine;
  };
  const dialog = open && (
    <Modal opened onClose={() => open.answer(false)} title={say('conflict.title')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <Stack>
        <Text size="sm">{say('conflict.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => open.answer(true)}>{say('conflict.mine')}</Button>
          <Button onClick={() => open.answer(false)} data-autofocus>{say('conflict.theirs')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
  return [saved, dialog];
}
