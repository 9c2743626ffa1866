import { ago, exact, useMinute } from '../time';

/** A time as distance from now, with the exact one in the tooltip. */
export function Ago({ time, short = false }: { time: string; short?: boolean }) {
  const now = useMinute();
  return (
    <time dateTime={time} title={exact(time)}>
      {ago(time, now, short ? 'short' : 'long')}
    </time>
  );
}
