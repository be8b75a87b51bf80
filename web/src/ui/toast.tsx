// What has been done, said once; with a way to take it back for ten seconds where there is one.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { troubleText } from './Trouble';
import type { Say } from '../i18n';
import { kUndoMs } from './later';

export function toast(text: string, undo?: { name: string; act: () => void }) {
  const id = notifications.show({
    autoClose: undo ? kUndoMs : 4_000,
    withBorder: true,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text}</Text>
        {undo && <Button size="compact-sm" variant="light" onClick={() => { notifications.hide(id); undo.act(); }}>{undo.name}</Button>}
      </Group>
    ),
  });
}

// Done, but somebody has something left to decide.
export function toastWaiting(text: string) {
  notifications.show({ color: 'yellow', autoClose: 8_000, withBorder: true, withCloseButton: false, message: text });
}

export function toastTrouble(error: unknown, say: Say) {
  notifications.show({ color: 'red', autoClose: 8_000, withBorder: true, withCloseButton: false, title: say('trouble.notDone'), message: troubleText(error, say) });
}
