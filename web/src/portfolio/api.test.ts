import { describe, expect, it } from 'vitest';
import { daysOf, deedsOf, foldedOf, minorOf, owedOf, verdictOf } from './api';

describe('an amount that somebody typed', () => {
  it('is understood with the marks of either habit', () => {
    expect(minorOf('69.900', 2)).toBe(6_990_000);
    expect(minorOf('69900', 2)).toBe(6_990_000);
    expect(minorOf('1.234,50', 2)).toBe(123_450);
    expect(minorOf('1,234.5', 2)).toBe(123_450);
    expect(minorOf('$ 780.00', 2)).toBe(78_000);
    expect(minorOf('1.234.568', 0)).toBe(1_234_568);
  });
  it('or refused', () => {
    for (const text of ['', '0', '0,00', 'mucho', '-5,5', '5 o 6']) expect(minorOf(text, 2)).toBeNull();
    expect(minorOf('12,50', 0)).toBeNull();
    expect(minorOf('99999999999999999999', 2)).toBeNull();
  });
});

describe('what is owed', () => {
  it('is summed by currency, without what was given up', () => {
    const one = (balance_minor: number, currency: string, state = 'open') => ({ number: '', product: '', due_on: null, amount_minor: 0, balance_minor, currency, state });
    expect(owedOf([one(5, 'COP'), one(7, 'PEN'), one(2, 'COP'), one(9, 'COP', 'written_off')])).toEqual([['COP', 7], ['PEN', 7]]);
  });
});

describe('whether a person is written to', () => {
  const owing = [{ number: 'F-1', product: '', due_on: null, amount_minor: 9, balance_minor: 5, currency: 'COP', state: 'open' }];
  const yes = { allowed: true, reasons: [], laws: [], next_allowed: null };
  it('is no where nothing is owed, whatever the law says', () => {
    expect(verdictOf({ invoices: [], now: yes, silence: 'nothing_due' })).toBe('owesNothing');
    expect(verdictOf({ invoices: [{ ...owing[0], balance_minor: 0 }], now: { ...yes, allowed: false }, silence: '' })).toBe('owesNothing');
  });
  it('is not a plain yes where the plan has no message', () => {
    expect(verdictOf({ invoices: owing, now: yes, silence: 'no_step' })).toBe('silent');
    expect(verdictOf({ invoices: owing, now: yes, silence: '' })).toBe('allowed');
    expect(verdictOf({ invoices: owing, now: { ...yes, allowed: false }, silence: 'no_step' })).toBe('refused');
  });
});

it('tells the steps of one message as one deed, whatever else happened meanwhile', () => {
  const steps = ['proposed 7', 'sending 7', 'proposed 8', 'delivered 7', 'inbound 0', 'read 7', 'replied 9', 'sending 9', 'paid 0', 'sending 8'].map((one) => ({ kind: one.split(' ')[0], message_id: one.split(' ')[1] }));
  expect(deedsOf(steps).map((deed) => deed.map((one) => `${one.kind} ${one.message_id}`))).toEqual(
    [['sending 8', 'proposed 8'], ['paid 0'], ['sending 9'], ['replied 9'], ['read 7', 'delivered 7', 'sending 7', 'proposed 7'], ['inbound 0']]);
});

it('folds equal refusals that follow one another, and keeps each to be opened', () => {
  const no = (day: number, kind: string, reasons: string, message_id = '0') => ({ at: `2026-11-0${day}T08:00:00-05:00`, kind, reasons, message_id });
  const steps = [no(1, 'silent', 'HOLD'), no(2, 'cancelled', 'WINDOW', '5'), no(3, 'cancelled', 'WINDOW', '6'), no(4, 'cancelled', 'WINDOW', '7'), no(5, 'inbound', ''), no(6, 'inbound', ''), no(7, 'cancelled', 'WINDOW', '8')];
  const folds = foldedOf(deedsOf(steps));
  expect(folds.map((deeds) => deeds.map(([event]) => event.at.slice(8, 10)).join(' '))).toEqual(['07', '06', '05', '04 03 02', '01']);
  expect(daysOf(folds[3])).toEqual(['2026-11-04', '2026-11-03', '2026-11-02']);
});
