import { useEffect, useState, useSyncExternalStore } from 'react';
import { locale } from './locale';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const short = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' });
const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** "3 days ago"; seconds are "now". Empty for what is no time. */
export function ago(time: string, now: number, style: 'long' | 'short' = 'long'): string {
  const then = Date.parse(time);
  if (Number.isNaN(then)) return '';
  const seconds = (then - now) / 1000;
  const format = style === 'long' ? relative : short;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(0, 'second');
}

/** The full date and time. What is no time is shown as it came. */
export function exact(time: string): string {
  const then = Date.parse(time);
  return Number.isNaN(then) ? time : absolute.format(then);
}

/** Whole seconds until a time, never below 0. */
export function secondsUntil(time: string, now: number): number {
  const then = Date.parse(time);
  return Number.isNaN(then) ? 0 : Math.max(0, Math.ceil((then - now) / 1000));
}

const inSeconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short' });
const inMinutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' });

/** How long something still takes: "40 sec", from two minutes on "3 min". */
export function lasting(seconds: number): string {
  return seconds < 120 ? inSeconds.format(seconds) : inMinutes.format(Math.ceil(seconds / 60));
}

/** The time of day, renewed every so many milliseconds; 0 stands still. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (every === 0) return;
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

const MINUTE = 60_000;
const waiting = new Set<() => void>();
let minute = Date.now();
let clock: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  minute = Date.now();
  for (const tell of waiting) tell();
}

function subscribe(tell: () => void): () => void {
  if (waiting.size === 0) {
    // It stood still while nobody looked.
    minute = Date.now();
    clock = setInterval(tick, MINUTE);
  }
  waiting.add(tell);
  return () => {
    waiting.delete(tell);
    if (waiting.size === 0) clearInterval(clock);
  };
}

/** The time of day, renewed every minute: one clock for all that show an age, however many those are. */
export const useMinute = (): number => useSyncExternalStore(subscribe, () => minute);
