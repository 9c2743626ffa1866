import { ago, exact, useNow } from '../time';

/** A time as distance from now, with the exact one in the tooltip. */
export function Ago({ time, short = false }: { time: string; short?: boolean }) {
  const now = useNow(60_000);
  return (
    <time dateTime={time} title={exact(time)}>
      {ago(time, now, short ? 'short' : 'long')}
    </time>
  );
}
