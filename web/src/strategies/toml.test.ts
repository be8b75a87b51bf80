import { expect, it } from 'vitest';
import { blocksOf, cadencesOf, isPlain, rawOf, tableOf, textOf, withReviewed, withStepAfter, withTableValue, withValue, withoutStep } from './toml';

const shipped = import.meta.glob<string>('../../../strategies/*.toml', { query: '?raw', import: 'default', eager: true });
const text = shipped['../../../strategies/estandar.toml'];

it('understands the strategies that come with the program', () => {
  expect(Object.keys(shipped).length).toBeGreaterThan(2);
  for (const one of Object.values(shipped)) {
    expect(isPlain(one)).toBe(true);
    expect(cadencesOf(one).flatMap((cadence) => cadence.steps).every((step) => textOf(rawOf(one, step, 'id')))).toBe(true);
  }
  expect(isPlain('a = """\ntexto\n"""')).toBe(false);
});

it('changes the line that says it and no other', () => {
  const changed = withTableValue(text, 'caps', 'messages_per_week', '2');
  expect(rawOf(changed, tableOf(changed, 'caps'), 'messages_per_week')).toBe('2');
  const differ = changed.split('\n').filter((line, at) => line !== text.split('\n')[at]);
  expect(differ).toEqual(['messages_per_week = 2']);
  expect(withTableValue(changed, 'caps', 'messages_per_week', '3')).toBe(text);
});

it('keeps the comment behind a value', () => {
  const small = 'name = "a"\n\n[caps]\ngap_days = 2  # dos\n';
  expect(withTableValue(small, 'caps', 'gap_days', '4')).toBe('name = "a"\n\n[caps]\ngap_days = 4  # dos\n');
});

it('adds a key and a table where they are missing, and takes a key away', () => {
  const step = cadencesOf(text)[0].steps[0];
  const added = withValue(text, step, 'gap_days', '5');
  expect(rawOf(added, cadencesOf(added)[0].steps[0], 'gap_days')).toBe('5');
  expect(withValue(added, cadencesOf(added)[0].steps[0], 'gap_days', null)).toBe(text);
  const small = 'name = "a"\n\n# Para todos.\n[[cadence]]\nsegments = ["new"]\n';
  expect(withTableValue(small, 'hours', 'first', '"09:00"')).toBe('name = "a"\n\n[hours]\nfirst = "09:00"\n\n# Para todos.\n[[cadence]]\nsegments = ["new"]\n');
});

it('adds a step behind another, and taking it away gives the file back', () => {
  const [cadence] = cadencesOf(text);
  const added = withStepAfter(text, cadence, cadence.steps[2], 3);
  const now = cadencesOf(added)[0].steps;
  expect(now.length).toBe(cadence.steps.length + 1);
  expect([rawOf(added, now[3], 'id'), rawOf(added, now[3], 'day')]).toEqual(['"post_3"', '3']);
  expect(withoutStep(added, now[3]).replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'));
  expect(blocksOf(added).length).toBe(blocksOf(text).length + 1);
});

it('lets every last notice of a text leave, and touches nothing else', () => {
  const said = text.split('\n').filter((line) => line === 'reviewed = false').length;
  const changed = withReviewed(text.replace('reviewed = false\n', ''), 'ultimo_aviso_v1').split('\n');  // Where it is left out too.
  expect(said).toBeGreaterThan(1);
  expect(changed.filter((line) => line === 'reviewed = true').length).toBe(said);
  expect(changed.filter((line) => !line.startsWith('reviewed'))).toEqual(text.split('\n').filter((line) => !line.startsWith('reviewed')));
  expect(withReviewed(text, 'otra_v1')).toBe(text);
});
