import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { exact } from '../../shared/time';
import { Notice } from '../../shared/ui/Notice';
import styles from './Outbox.module.css';

/** A separation that only a person can settle: what was sent, what was seen since, and what each button would do. */
export function NeedsPerson({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const {
    attempts,
    history,
    reason,
    opId,
    canMarkApplied,
    canMarkNotApplied,
    canRetry,
    canEdit,
    canWithdraw,
  } = entry;
  const last = history.at(-1);
  const ways = [
    canMarkApplied && 'wasDone',
    canMarkNotApplied && 'wasNotDone',
    canRetry && (attempts > 0 ? 'sendAgain' : 'sendNow'),
    canEdit && 'edit',
    canWithdraw && (attempts > 0 ? 'dismiss' : 'dismissUnsent'),
  ].filter((way) => way !== false);
  return (
    <Notice tone="alert" data-testid={`outbox-needs-person-${opId}`}>
      <dl className={styles.story}>
        <dt>{t('outbox.person.sent')}</dt>
        <dd>
          {attempts > 0 ? t('outbox.person.times', { count: attempts }) : t('outbox.person.never')}
          {attempts > 0 && last && ` ${t('outbox.person.last', { time: exact(last.at) })}`}
        </dd>
        <dt>{t('outbox.person.seen')}</dt>
        <dd>
          {last && `${last.outcome}${last.status === null ? '' : ` (HTTP ${last.status})`}. `}
          {reason}
        </dd>
        {ways.length > 0 && (
          <>
            <dt>{t('outbox.person.can')}</dt>
            <dd>
              <ul>
                {ways.map((way) => (
                  <li key={way}>{t(`outbox.person.${way}`)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </Notice>
  );
}
