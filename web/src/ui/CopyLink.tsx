// A link that is given to somebody: to be copied, and gone once the dialog is closed.
import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core';
import { useSay } from '../i18n';
import { Dialog } from './Dialog';

export function CopyLink({ title, text, url, close }: { title: string; text: string; url: string; close: () => void }) {
  const say = useSay();
  return (
    <Dialog onClose={close} title={title}>
      <Stack>
        <TextInput readOnly value={url} aria-label={title} onFocus={(event) => event.currentTarget.select()} data-autofocus />
        <Text size="sm" c="dimmed">{text}</Text>
        <CopyButton value={url}>{({ copied, copy }) => <Button onClick={copy}>{say(copied ? 'action.copied' : 'action.copy')}</Button>}</CopyButton>
      </Stack>
    </Dialog>
  );
}
