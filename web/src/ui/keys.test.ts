import { expect, it } from 'vitest';
import { areKeysAsleep } from './keys';

const plain = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };
const layer = (isShown: boolean) => ({ checkVisibility: () => isShown });

it('keys rest behind what is open, and while one is held down', () => {
  expect(areKeysAsleep(plain, [])).toBe(false);
  expect(areKeysAsleep(plain, [layer(false)])).toBe(false);  // A list that is there and closed.
  expect(areKeysAsleep(plain, [layer(false), layer(true)])).toBe(true);
  expect(areKeysAsleep({ ...plain, repeat: true }, [])).toBe(true);
  expect(areKeysAsleep({ ...plain, ctrlKey: true }, [])).toBe(true);
});
