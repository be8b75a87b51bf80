import { expect, it } from 'vitest';
import { becomes } from '../api/session';
import { keepUnsent, unsentTo } from './unsent';

it('what is half written waits for its own person, and goes with who signs out', () => {
  const half = { ...unsentTo('7'), kind: 'note' as const, text: 'llamó su hermana' };
  keepUnsent('7', half);
  expect(unsentTo('8').text).toBe('');
  expect(unsentTo('7')).toEqual(half);
  becomes(null);
  expect(unsentTo('7').text).toBe('');
});
