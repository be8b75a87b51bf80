import { expect, it } from 'vitest';
import { snoozeTimes } from './snooze';

it('puts off to mornings, and to Monday only where that is not tomorrow', () => {
  const wednesday = new Date(2026, 10, 25, 15, 30);
  expect(snoozeTimes(wednesday).map((one) => [one.name, one.until.getDate(), one.until.getHours()])).toEqual([['hour', 25, 16], ['tomorrow', 26, 8], ['monday', 30, 8]]);
  const sunday = new Date(2026, 10, 29, 9);
  expect(snoozeTimes(sunday).map((one) => one.name)).toEqual(['hour', 'tomorrow']);
  const monday = new Date(2026, 10, 30, 9);
  expect(snoozeTimes(monday).at(-1)?.until.getDate()).toBe(7);
});
