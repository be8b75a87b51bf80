// A link that is given to somebody: to be copied, and gone once the dialog is closed.
import { Button, CopyButton, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useSay } from '../i18n';

export function CopyLink({ title, text, url, close }: { title: string; text: string; url: string; close: () => void }) {
  const say = useSay();
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <Stack>
        <TextInput readOnly value={url} aria-label={title} onFocus={(event) => event.currentTarget.select()} data-autofocus />
        <Text size="sm" c="dimmed">{text}</Text>
        <CopyButton value={url}>{({ copied, copy }) => <Button onClick={copy}>{say(copied ? 'action.copied' : 'action.copy')}</Button>}</CopyButton>
      </Stack>
    </Modal>
  );
}
