import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { lasting, secondsUntil, useNow } from '../time';

const SECOND = 1000;

/** How long something still lasts: the time to take it back, or a pause. Nothing where it waits for no time. */
export function Until({ entry: { cancelUntil, pausedUntil, state } }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const end = cancelUntil ?? pausedUntil;
  const now = useNow(end === null ? 0 : SECOND);
  if (end === null) return null;
  const seconds = secondsUntil(end, now);
  if (seconds === 0) return null;
  const key = cancelUntil ? 'undoFor' : state === 'uncertain' ? 'asksIn' : 'triesIn';
  return <span data-testid="outbox-until">{t(`outbox.${key}`, { time: lasting(seconds) })}</span>;
}
