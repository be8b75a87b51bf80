import { expect, it } from 'vitest';
import { houseNow } from '../i18n';
import { becomes, type Session } from './session';

it('whoever signs in has the clock of the house, whatever their computer says', () => {
  becomes({ now: '2031-03-01T02:00:00Z' } as Session);
  expect(Math.abs(houseNow().getTime() - Date.parse('2031-03-01T02:00:00Z'))).toBeLessThan(5_000);
});
