import { describe, expect, it } from 'vitest';
import { claimedIn, endingsOf, offeredOf, merged, waitingOf, type Task } from './api';

describe('a task', () => {
  it('of reminders that rest is ended in two ways, any other in one; of a dispute, who is right is asked besides', () => {
    expect(endingsOf('hardship').map((one) => one.outcome)).toEqual(['settled', 'done']);
    expect(endingsOf('dispute').map((one) => one.outcome)).toEqual(['done']);
    expect(endingsOf('payment_claim')).toEqual([{ outcome: 'settled', name: 'kept' }, { outcome: 'done', name: 'rest' }]);
    expect(endingsOf('stop_doubt').map((one) => one.outcome)).toEqual(['rejected', 'confirmed']);
    expect(endingsOf('wants_person').map((one) => one.outcome)).toEqual(['done']);
  });
  it('that was put off waits for nobody until then', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    const task = (snoozed_until: string | null, closed_at: string | null = null) => ({ snoozed_until, closed_at }) as Task;
    const due = task('2026-11-23T11:00:00Z'), open = task(null);
    expect(waitingOf([task('2026-12-23T12:00:00Z'), due, open, task(null, '2026-11-22T12:00:00Z')], now)).toEqual([due, open]);
  });
});

it('a claim may speak of what was paid up to fifteen days before it, was not given back, and was not used up for another debt', () => {
  const paid = (paid_on: string, returned_minor = 0, is_spent = false, recorded_at = '2026-11-22T10:00:00-05:00') => ({ paid_on, amount_minor: 100, returned_minor, is_spent, recorded_at });
  const spent = paid('2026-11-20', 0, true), since = paid('2026-11-20', 0, true, '2026-11-24T10:00:00-05:00');
  const all = [paid('2026-11-08'), paid('2026-11-07'), paid('2026-11-22', 100), paid('2026-11-24'), spent, since];
  const claim = { opened_at: '2026-11-23T09:00:00-05:00' } as Task;
  expect(claimedIn(all, claim, true)).toEqual([all[0], all[3], since]);
  expect(claimedIn(all, claim, false)).toEqual([all[0], all[3], spent, since]);
});

describe('saved replies', () => {
  const all = [{ name: 'enlace', text: 'Este es su enlace: {{enlace}}', built_in: true }, { name: 'saludo', text: 'Hola, {{nombre}}', built_in: true }];
  it('are offered after a slash only', () => {
    expect(offeredOf(all, '/sal', true)).toEqual([all[1]]);
    expect(offeredOf(all, 'saludo', true)).toEqual([]);
  });
  it('that cannot be said to this person are not offered', () => expect(offeredOf([{ ...all[1], filled: null }, { ...all[0], filled: 'Este es' }], '/', true).map((one) => one.name)).toEqual(['enlace']));
  it('never link to a page that there is not', () => expect(offeredOf(all, '/', false)).toEqual([all[1]]));
});

it('labels that two people change at once are those of both hands', () => {
  expect(merged(['vip'], ['vip', 'llamar'], ['vip', 'zona norte'])).toEqual(['vip', 'zona norte', 'llamar']);
  expect(merged(['vip', 'llamar'], ['vip'], ['vip', 'llamar', 'zona norte'])).toEqual(['vip', 'zona norte']);
  expect(merged(['vip', 'llamar'], ['vip'], ['llamar'])).toEqual([]);
});
