// What differs between two texts, line by line: the longest common sequence of lines stays.
export interface Line {
  kind: 'same' | 'gone' | 'new';
  text: string;
  before?: number;  // Its number there, from 1.
  after?: number;
}

export function diffOf(before: string, after: string): Line[] {
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  // common[i][j]: how many lines the rests of both from i and j on can share.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  const lines: Line[] = old.slice(0, head).map((text, at) => ({ kind: 'same', text, before: at + 1, after: at + 1 }));
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) lines.push({ kind: 'same', text: a[i], before: ++i + head, after: ++j + head });
    else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) lines.push({ kind: 'gone', text: a[i], before: ++i + head });
    else lines.push({ kind: 'new', text: b[j], after: ++j + head });
  }
  for (let at = 0; at < tail; at++) lines.push({ kind: 'same', text: old[old.length - tail + at], before: old.length - tail + at + 1, after: now.length - tail + at + 1 });
  return lines;
}

// Side by side: what went stands beside what came in its place. Long stretches that are the same are left out; null stands for `skipped` of them.
export interface Pair {
  left: Line | null;
  right: Line | null;
  skipped?: number;
}

export function pairsOf(lines: Line[], around = 3): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at].kind === 'same') {
      let end = at;
      while (end < lines.length && lines[end].kind === 'same') end++;
      const first = at === 0 ? 0 : around;
      const last = end === lines.length ? 0 : around;
      const skipped = end - at - first - last;
      for (; at < end; at++) {
        if (skipped > 1 && pairs.at(-1)?.skipped === undefined && at === end - last - skipped) {
          pairs.push({ left: null, right: null, skipped });
          at += skipped;
          if (at >= end) break;
        }
        pairs.push({ left: lines[at], right: lines[at] });
      }
      continue;
    }
    const gone: Line[] = [];
    const come: Line[] = [];
    for (; at < lines.length && lines[at].kind !== 'same'; at++) (lines[at].kind === 'gone' ? gone : come).push(lines[at]);
    for (let row = 0; row < Math.max(gone.length, come.length); row++) pairs.push({ left: gone[row] ?? null, right: come[row] ?? null });
  }
  return pairs;
}
