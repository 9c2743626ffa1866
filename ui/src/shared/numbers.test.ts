import { expect, test } from 'vitest';
import { percent, size } from './numbers';

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

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [1000, '1 kB'],
  [34e6, '34 MB'],
  [3.45e9, '3.5 GB'],
  [7e15, '7,000,000 GB'],
])('%d bytes read as %s', (bytes, words) => {
  expect(size(bytes)).toBe(words);
});
