// Something to know before going on: in a colour that is read in both themes, and never by colour alone.
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Notice({ tone = 'warn', title, urgent, children }: { tone?: 'plain' | 'good' | 'warn' | 'bad'; title?: string; urgent?: boolean; children?: ReactNode }) {
  return (
    <section className={`notice ${tone}`} aria-label={title} role={urgent ? 'alert' : undefined}>
      {title && <Title order={2} size="h5" mb={4}>{title}</Title>}
      {children}
    </section>
  );
}
