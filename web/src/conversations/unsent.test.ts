import { expect, it } from 'vitest';
import { becomes } from '../api/session';
import { keepUnsent, unsentTo, withoutSaid } from './unsent';

it('what is half written waits for its own person, and goes with who signs out', () => {
  const half = { ...unsentTo('7'), kind: 'note' as const, note: 'llamó su hermana', text: 'Buenos días' };
  keepUnsent('7', half);
  expect(unsentTo('8').note).toBe('');
  expect(unsentTo('7')).toEqual(half);
  becomes(null);
  expect(unsentTo('7').text).toBe('');
});

it('what is noted leaves the half written answer where it is, and the other way round', () => {
  const half = { ...unsentTo('9'), text: 'Buenos días', note: 'llamó su hermana' };
  expect(withoutSaid({ ...half, kind: 'note' })).toMatchObject({ kind: 'note', text: 'Buenos días', note: '', key: half.key });
  expect(withoutSaid({ ...half, kind: 'reply' })).toMatchObject({ kind: 'reply', text: '', note: 'llamó su hermana' });
  expect(withoutSaid({ ...half, kind: 'reply' }).key).not.toBe(half.key);
});
