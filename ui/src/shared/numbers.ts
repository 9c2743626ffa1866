import { locale } from './locale';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** "12,340". */
export const count = (value: number): string => whole.format(value);

/** No digit of it is left out: for what was typed, and is compared with. */
const all = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });

/** "92.25", with every digit there is. */
export const exact = (value: number): string => all.format(value);

/** Added before cutting, so that 28.999999999999996, which is 29 out of a division, stays 29. */
const DUST = 1e-6;

/**
 * "87 %", with a tenth where there is one. What comes after is cut, not rounded: 69.96 must not read as 70 beside a
 * threshold of 70, nor 99.97 as 100.
 */
export const percent = (value: number): string => `${tenth.format(Math.floor(value * 10 + DUST) / 10)} %`;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "34 MB": what a person wants to know of a size on the disk. */
export function size(bytes: number): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = UNITS[step] ?? 'byte';
  const value = bytes / 1000 ** step;
  const maximumFractionDigits = value < 10 && step > 0 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
