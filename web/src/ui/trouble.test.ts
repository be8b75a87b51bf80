import { expect, it } from 'vitest';
import { Problem } from '../api/client';
import type { Say } from '../i18n';
import { troubleText } from './Trouble';

const say = ((key: string) => key) as Say;

it('what the server says for engineers is said in words of the page, and what it says for people as it is', () => {
  expect(troubleText(new Problem(409, 'conflict', 'task 7 was closed by luis (done)'), say)).toBe('trouble.code.conflict');
  expect(troubleText(new Problem(403, 'forbidden', 'this needs the right pause, which agent does not have'), say)).toBe('trouble.forbidden');
  expect(troubleText(new Problem(409, 'conflict', 'la persona escribió algo más mientras usted contestaba'), say)).toBe('la persona escribió algo más mientras usted contestaba');
});
