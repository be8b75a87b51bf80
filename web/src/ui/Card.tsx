import { Card as Plain, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Card({ title, aside, children }: { title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Plain component="section" withBorder padding="lg" aria-label={title}>
      {title && (
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h4">{title}</Title>
          {aside}
        </Group>
      )}
      {children}
    </Plain>
  );
}

// One figure and what it is of.
export function Figure({ name, value, detail }: { name: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <Plain withBorder padding="lg">
      <Text size="sm" c="dimmed">{name}</Text>
      <div className="figure">{value}</div>
      {detail && <Text size="sm" c="dimmed" component="div">{detail}</Text>}
    </Plain>
  );
}
