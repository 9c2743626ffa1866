import { expect, test } from 'vitest';
import { percent } from './numbers';

test.each([
  [100, '100 %'],
  [99.97, '99.9 %'],
  [99.5, '99.5 %'],
  [69.96, '69.9 %'],
  [70, '70 %'],
  [28.999999999999996, '29 %'],
  [0.29 * 100, '29 %'],
  [0, '0 %'],
])('%d reads as %s', (value, words) => {
  expect(percent(value)).toBe(words);
});
