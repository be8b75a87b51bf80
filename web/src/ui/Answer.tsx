// The answer to a question: its skeleton while it comes, what went wrong, or what is made of it.
import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSay } from '../i18n';
import { Trouble } from './Trouble';

export function Waiting({ lines = 5 }: { lines?: number }) {
  const say = useSay();
  return (
    <Stack role="status" aria-label={say('state.loading')}>
      {Array.from({ length: lines }, (_, line) => <Skeleton key={line} height={line === 0 ? 44 : 22} />)}
    </Stack>
  );
}

export function Answer<T>({ query, children, lines }: { query: Pick<UseQueryResult<T>, 'data' | 'isError' | 'error'> & { refetch: () => unknown }; children: (data: T) => ReactNode; lines?: number }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return <Waiting lines={lines} />;
}
