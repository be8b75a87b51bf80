import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { doNow, kUndoMs, putOff } from './later';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it('is done after the time to take it back, or not at all, or at once for who leaves, and never twice', async () => {
  const done: string[] = [];
  const act = (name: string) => putOff(name, async () => { done.push(name); });
  const first = act('a');
  const second = act('b');
  act('b');
  expect(second()).toBe(true);
  await vi.advanceTimersByTimeAsync(kUndoMs - 1);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(['a']);
  expect(first()).toBe(false);
  act('c');
  await doNow();
  await vi.advanceTimersByTimeAsync(kUndoMs);
  expect(done).toEqual(['a', 'c']);
});
