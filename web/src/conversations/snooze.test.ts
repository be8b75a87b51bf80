import { expect, it } from 'vitest';
import { snoozeTimes } from './snooze';

it("puts off to the creditor's mornings, and to Monday only where that is not tomorrow", () => {
  const now = new Date('2026-11-26T03:30:00Z');  // Still Wednesday in Bogotá, wherever the browser is.
  expect(snoozeTimes(now, '2026-11-25')).toEqual([
    { name: 'hour', until: '2026-11-26T04:30:00.000Z' }, { name: 'tomorrow', until: '2026-11-26T08:00:00' }, { name: 'monday', until: '2026-11-30T08:00:00' },
  ]);
  expect(snoozeTimes(now, '2026-11-29').map((one) => one.name)).toEqual(['hour', 'tomorrow']);
  expect(snoozeTimes(now, '2026-11-30').at(-1)?.until).toBe('2026-12-07T08:00:00');
});
