import { expect, it } from 'vitest';
import { csvOf } from '../ui/csv';
import { costPer, curveOf, keptOf, type Cohort } from './api';

const march: Cohort = { due: '2026-03', invoices: 2, asked_minor: 1000, owed_minor: 200, recovered_minor: 600, forgiven_minor: 0, elsewhere_minor: 200, periods: [200, 400, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] };

it('draws a cohort as far as its time has passed for all of it', () => {
  expect(curveOf(march, '2026-03-30')).toEqual([]);
  expect(curveOf(march, '2026-03-31')).toEqual([0.25]);
  expect(curveOf(march, '2026-05-31')).toEqual([0.25, 0.75, 0.75]);
  expect(curveOf({ ...march, due: '' }, '2026-05-31')).toEqual([]);
  expect(curveOf({ ...march, elsewhere_minor: 1000 }, '2026-05-31')).toEqual([]);
});

it('counts as ended what was kept or not, and not what was called off', () => {
  const sum = (state: string, count: number) => ({ kind: 'promise', state, currency: 'COP', count, amount_minor: 1 });
  expect(keptOf([sum('kept', 3), sum('broken', 1), sum('partly_kept', 1), sum('active', 9), sum('cancelled', 4)])).toEqual({ kept: 3, ended: 5 });
});

it('tells what so much cost that it is a cent or more', () => {
  expect(costPer(5_000_000, 1_000)).toEqual({ usd: 5, per: 1000 });
  expect(costPer(800_000, 60_000_000)!.per).toBe(1_000_000);
  expect(costPer(800, 0)).toBeNull();
});

it('writes a table that a spreadsheet reads, and no formulas', () => {
  const columns = [{ name: 'Quién', text: (row: [string, number]) => row[0] }, { name: 'Debe', text: (row: [string, number]) => row[1] }];
  expect(csvOf(columns, [['=1+1', 12.5]], 'es')).toBe("\ufeffQuién;Debe\r\n'=1+1;\"12,5\"\r\n");
  expect(csvOf(columns, [['a "b"', 12.5]], 'en')).toBe('\ufeffQuién,Debe\r\n"a ""b""",12.5\r\n');
});
