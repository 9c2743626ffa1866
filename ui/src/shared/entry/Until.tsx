import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { lasting, secondsUntil, useNow } from '../time';

const SECOND = 1000;

/** How long something still lasts: the time to take it back, or a pause. Nothing where it waits for no time. */
export function Until({ entry: { cancelUntil, pausedUntil, state } }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const now = useNow(cancelUntil || pausedUntil ? SECOND : 0);
  const undo = cancelUntil ? secondsUntil(cancelUntil, now) : 0;
  // A time to take it back that is over does not hide the pause after it.
  const seconds = undo || (pausedUntil ? secondsUntil(pausedUntil, now) : 0);
  if (seconds === 0) return null;
  const key = undo > 0 ? 'undoFor' : state === 'uncertain' ? 'asksIn' : 'triesIn';
  return <span data-testid="outbox-until">{t(`outbox.${key}`, { time: lasting(seconds) })}</span>;
}
