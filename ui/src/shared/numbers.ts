import { locale } from './locale';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** "12,340". */
export const count = (value: number): string => whole.format(value);

/** "87 %", with a tenth where there is one: 69.6 must not read as 70 beside a threshold of 70. */
export const percent = (value: number): string => `${tenth.format(value)} %`;
