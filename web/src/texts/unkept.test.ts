import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { hasUnkept, keepWritten, writtenKey } from './unkept';

test('what is written outlives its page and is known until it is kept', async () => {
  const queries = new QueryClient();
  expect(hasUnkept(queries)).toBe(false);
  keepWritten(queries, 'strategies/estandar', 'gap_days = 4');
  keepWritten(queries, 'strategies/otra', 'gap_days = 9');
  await queries.invalidateQueries();
  expect(queries.getQueryData(writtenKey('strategies/estandar'))).toBe('gap_days = 4');
  keepWritten(queries, 'strategies/estandar', null);
  expect(hasUnkept(queries)).toBe(true);
  keepWritten(queries, 'strategies/otra', null);
  expect(hasUnkept(queries)).toBe(false);
});
