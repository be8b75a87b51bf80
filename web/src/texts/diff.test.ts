import { expect, it } from 'vitest';
import { diffOf, pairsOf } from './diff';

const told = (before: string, after: string) => diffOf(before, after).map((line) => ({ same: ' ', gone: '-', new: '+' })[line.kind] + line.text).join('\n');

it('tells what went and what came', () => {
  expect(told('a\nb\nc', 'a\nx\nc')).toBe(' a\n-b\n+x\n c');
  expect(told('a\nb', 'a\nb')).toBe(' a\n b');
  expect(told('a\nb\nc\nd', 'b\nd\ne')).toBe('-a\n b\n-c\n d\n+e');
});

it('gives both texts back, with the numbers of their lines', () => {
  const before = 'uno\ndos\ntres\ncuatro\n';
  const after = 'uno\ntres\ncinco\ncuatro\nseis\n';
  const lines = diffOf(before, after);
  expect(lines.filter((line) => line.before).sort((a, b) => a.before! - b.before!).map((line) => line.text).join('\n')).toBe(before);
  expect(lines.filter((line) => line.after).sort((a, b) => a.after! - b.after!).map((line) => line.text).join('\n')).toBe(after);
});

it('stands side by side and leaves out what is the same for long', () => {
  const many = Array.from({ length: 40 }, (_, n) => `línea ${n}`);
  const changed = many.map((line, n) => (n === 20 ? 'otra' : line));
  const pairs = pairsOf(diffOf(many.join('\n'), changed.join('\n')));
  expect(pairs.map((pair) => pair.skipped ?? 0).filter(Boolean)).toEqual([17, 16]);
  expect(pairs.filter((pair) => !pair.skipped).length + 17 + 16).toBe(40);
  expect(pairs.find((pair) => pair.right?.text === 'otra')?.left?.text).toBe('línea 20');
});
