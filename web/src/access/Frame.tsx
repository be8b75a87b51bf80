// A page before the application: one form in the middle.
import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type FormEvent, type ReactNode } from 'react';
import icon from '../icon.svg';
import { Notice } from '../ui/Notice';

export interface FrameProps {
  title: string;
  text?: string;
  wrong?: string;
  children: ReactNode;
  onSubmit: () => void;
}

export function Frame({ title, text, wrong, children, onSubmit }: FrameProps) {
  useEffect(() => {
    document.title = `${title} · Puntual`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder p="xl" w="100%" maw="26rem">
        <form onSubmit={submit}>
          <Stack>
            <Group gap="sm">
              <img src={icon} alt="" width={36} height={36} />
              <Title order={1} size="h3">{title}</Title>
            </Group>
            {text && <Text size="sm" c="dimmed">{text}</Text>}
            {wrong && <Notice tone="bad" urgent>{wrong}</Notice>}
            {children}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
