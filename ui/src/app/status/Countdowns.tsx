import { useTranslation } from 'react-i18next';
import { useParts } from '../../shared/session/parts';
import { useSession } from '../../shared/session/SessionContext';
import { lasting, secondsUntil, useNow } from '../../shared/time';
import styles from './StatusLine.module.css';

/** What goes on by itself, and when: the next decision, once it cannot be undone any more; a pause, once it is over. */
export function Countdowns() {
  const { t } = useTranslation();
  const { nextSendAt, connection } = useSession((session) => session.status);
  const { pausedUntil } = useParts();
  const now = useNow(nextSendAt || pausedUntil ? 500 : 0);
  const pause = pausedUntil ? secondsUntil(pausedUntil, now) : 0;
  const next = nextSendAt ? secondsUntil(nextSendAt, now) : 0;
  return (
    <>
      {nextSendAt && (next > 0 || connection === 'online') && (
        <span className={styles.part} data-testid="status-next">
          {next > 0 ? t('status.sendsIn', { seconds: next }) : t('status.sending')}
        </span>
      )}
      {pause > 0 && (
        <span className={styles.part} data-testid="status-pause">
          {t('status.pausedFor', { time: lasting(pause) })}
        </span>
      )}
    </>
  );
}
