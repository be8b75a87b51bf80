// Nothing to show: says so, and what would fill it.
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Text fw={600}>{title}</Text>
      {children && <Text c="dimmed" maw="32rem">{children}</Text>}
      {action}
    </Stack>
  );
}
