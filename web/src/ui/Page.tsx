// A page: its title is the document's and the first heading; what it is about stands below, and what one may do beside it.
import { Box, Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

export function Page({ title, about, actions, children }: { title: string; about?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Puntual`;
  }, [title]);
  return (
    <>
      <Group justify="space-between" align="start" mb="lg" gap="sm">
        <Box>
          <Title order={1} size="h2">{title}</Title>
          {about && <Box c="dimmed" fz="sm" mt={4}>{about}</Box>}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </>
  );
}
