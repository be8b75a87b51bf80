// A strategy's file edited value by value, as the form does: only the line that says it changes, so that comments stay and what
// has changed is seen at a glance. What it means is the server's to say; here are only the places.
export interface Block {
  name: string;  // "" of the first keys, "caps", "cadence", "cadence.step"
  from: number;  // The lines of its keys, without its header …
  to: number;    // … up to this one.
}

const kHeader = /^\s*\[\[?\s*([\w.]+)\s*\]\]?\s*(#.*)?$/;
const keyLine = (key: string) => new RegExp(`^(\\s*${key}\\s*=\\s*)("(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\]|[^#\\s]+)(\\s*#.*)?\\s*$`);

// Every line is a header, one whole value, a comment or empty: what the form can edit.
export const isPlain = (text: string) => text.split('\n').every((line) => !line.trim() || /^\s*#/.test(line) || kHeader.test(line) || keyLine('[\\w]+').test(line));

export function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [{ name: '', from: 0, to: lines.length }];
  lines.forEach((line, at) => {
    const name = kHeader.exec(line)?.[1];
    if (!name) return;
    blocks.at(-1)!.to = at;
    blocks.push({ name, from: at + 1, to: lines.length });
  });
  return blocks;
}

export interface Cadence {
  block: Block;
  steps: Block[];
}

export function cadencesOf(text: string): Cadence[] {
  const cadences: Cadence[] = [];
  for (const block of blocksOf(text)) {
    if (block.name === 'cadence') cadences.push({ block, steps: [] });
    if (block.name === 'cadence.step') cadences.at(-1)?.steps.push(block);
  }
  return cadences;
}

export const tableOf = (text: string, name: string) => blocksOf(text).find((block) => block.name === name);

// As it is written: `7`, `"warm"`; undefined when it is not.
export function rawOf(text: string, block: Block | undefined, key: string): string | undefined {
  if (!block) return undefined;
  for (const line of text.split('\n').slice(block.from, block.to)) {
    const found = keyLine(key).exec(line);
    if (found) return found[2];
  }
  return undefined;
}

export const textOf = (raw: string | undefined) => (raw?.startsWith('"') ? (JSON.parse(raw) as string) : raw);
export const rawText = (value: string) => JSON.stringify(value);

// The last line of a block that says something.
function endOf(lines: string[], block: Block): number {
  let end = block.to;
  while (end > block.from && (!lines[end - 1].trim() || /^\s*#/.test(lines[end - 1]))) end--;
  return end;
}

// null: the key goes, and what stands when it is left out holds.
export function withValue(text: string, block: Block, key: string, raw: string | null): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line, number) => number >= block.from && number < block.to && keyLine(key).test(line));
  if (at < 0 && raw === null) return text;
  if (at < 0) lines.splice(endOf(lines, block), 0, `${key} = ${raw}`);
  else if (raw === null) lines.splice(at, 1);
  else lines[at] = lines[at].replace(keyLine(key), (_, before: string, _old: string, comment = '') => before + raw + comment);
  return lines.join('\n');
}

// In a table of the file, which is made before the first cadence where it is missing.
export function withTableValue(text: string, name: string, key: string, raw: string | null): string {
  const block = tableOf(text, name);
  if (block) return withValue(text, block, key, raw);
  if (raw === null) return text;
  const lines = text.split('\n');
  const first = blocksOf(text).find((one) => one.name === 'cadence');
  let at = first ? first.from - 1 : lines.length;
  while (at > 0 && /^\s*#/.test(lines[at - 1])) at--;
  lines.splice(at, 0, `[${name}]`, `${key} = ${raw}`, '');
  return lines.join('\n');
}

export function withoutStep(text: string, step: Block): string {
  const lines = text.split('\n');
  let from = step.from - 1;
  while (from > 0 && /^\s*#/.test(lines[from - 1])) from--;  // What is said of it goes with it.
  let to = endOf(lines, step);
  while (to < lines.length && !lines[to].trim()) to++;
  lines.splice(from, to - from);
  return lines.join('\n');
}

// A copy of this step, so many days later and under a name of its own.
export function withStepAfter(text: string, cadence: Cadence, step: Block, day: number): string {
  const lines = text.split('\n');
  const ids = cadence.steps.map((one) => textOf(rawOf(text, one, 'id')));
  const wanted = day < 0 ? `pre_${-day}` : day === 0 ? 'due_0' : `post_${day}`;
  const id = ids.includes(wanted) ? `${wanted}_${ids.length}` : wanted;
  const copy = lines.slice(step.from, endOf(lines, step)).map((line) => (keyLine('id').test(line) ? `id = ${rawText(id)}` : keyLine('day').test(line) ? `day = ${day}` : line));
  lines.splice(endOf(lines, step), 0, '', '[[cadence.step]]', ...copy.filter((line) => !/^\s*#/.test(line)));
  return lines.join('\n');
}

// Every last notice that says this text has been read by somebody who answers for it.
export function withReviewed(text: string, template: string): string {
  const stepsOf = (now: string) => cadencesOf(now).flatMap((cadence) => cadence.steps);
  return stepsOf(text).reduce((now, _, at) => {
    const step = stepsOf(now)[at];  // A line that was added moves what is below.
    const isMeant = textOf(rawOf(now, step, 'objective')) === 'last_notice' && textOf(rawOf(now, step, 'template')) === template;
    return isMeant ? withValue(now, step, 'reviewed', 'true') : now;
  }, text);
}
