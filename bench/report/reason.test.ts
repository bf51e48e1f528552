import { expect, it } from 'vitest';
import { reasonOf } from './reason';

it('is one line without wrapping', () => {
  const error = new Error('page.evaluate: TimeLimitError: not done in 60 s\n    at http://x/y.js');
  expect(reasonOf(error)).toBe('not done in 60 s');
  expect(reasonOf(new Error('connect ECONNREFUSED'))).toBe('connect ECONNREFUSED');
  expect(reasonOf('cut')).toBe('cut');
});
