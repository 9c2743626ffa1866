import { locale } from '../../shared/locale';

const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });

const formatted = (format: Intl.DateTimeFormat) => (time: string | null) => {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? '' : format.format(at);
};

/** "9 Jul 2026", in the order of the language; empty for what is no time. */
export const dayOf = formatted(day);

/** The time of day. */
export const clockOf = formatted(clock);
