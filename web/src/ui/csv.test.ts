import { expect, it } from 'vitest';
import { csvOf } from './csv';

const cell = (text: string) => csvOf([{ name: 'n', text: (row: string) => row }], [text], 'es').slice('\ufeffn\r\n'.length, -2);

it('a cell that begins like a formula is none, whatever stands before it, and what breaks a line is quoted', () => {
  expect(['Ana', '=1+1', ' =1+1', "'@x", '-3', '"=1"', 'a\rb'].map(cell)).toEqual(['Ana', "'=1+1", "' =1+1", "''@x", "'-3", '"\'""=1"""', '"a\rb"']);
});
