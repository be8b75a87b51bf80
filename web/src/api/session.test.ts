import { QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { queries } from './client';
import { becomes } from './session';

it('who signs out is forgotten, and a door that already asks is still answered', async () => {
  queries.setQueryData(['person', '7'], { name: 'Ana' });
  let answer = (_: { open: boolean }) => undefined as void;
  const door = new QueryObserver(queries, { queryKey: ['setup'], queryFn: () => new Promise<{ open: boolean }>((resolve) => { answer = resolve; }) });
  const leave = door.subscribe(() => undefined);
  becomes(null);
  answer({ open: false });
  await expect.poll(() => door.getCurrentResult().data).toEqual({ open: false });
  expect(queries.getQueryData(['person', '7'])).toBeUndefined();
  leave();
});
