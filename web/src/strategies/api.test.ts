import { expect, it } from 'vitest';
import { dayOf, weeksOf, type Step } from './api';

it('puts days under their weekday, Monday first', () => {
  const days = Array.from({ length: 9 }, (_, n) => ({ on: `2026-12-${String(n + 1).padStart(2, '0')}` }));  // From a Tuesday on.
  const weeks = weeksOf(days);
  expect(weeks.map((week) => week.length)).toEqual([7, 7]);
  expect(weeks[0].map((day) => day?.on.slice(-2) ?? '')).toEqual(['', '01', '02', '03', '04', '05', '06']);
  expect(weeks[1].map((day) => day?.on.slice(-2) ?? '')).toEqual(['07', '08', '09', '', '', '', '']);
  expect(weeksOf([])).toEqual([]);
});

it('knows the day of a step by its name, of whichever people it is', () => {
  const cadences = [{ segments: ['new'], steps: [{ id: 'pre_7', day: -7 } as Step] }, { segments: ['punctual'], steps: [{ id: 'post_14', day: 14 } as Step] }];
  expect([dayOf({ cadences }, 'pre_7'), dayOf({ cadences }, 'post_14'), dayOf({ cadences }, 'gone')]).toEqual([-7, 14, undefined]);
});
