import { useTranslation } from 'react-i18next';
import type { AttemptView } from '../../ipc/bindings';
import { exact } from '../time';
import styles from './Entry.module.css';

/** Every attempt to send, oldest first: when, with which status, and what came of it. */
export function Attempts({ attempts }: { attempts: AttemptView[] }) {
  const { t } = useTranslation();
  if (attempts.length === 0) return <p className={styles.second}>{t('receipt.neverSent')}</p>;
  return (
    <ol className={styles.attempts} data-selectable>
      {attempts.map(({ at, status, outcome }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only ever added at the end.
        <li key={n}>
          <span className={styles.second}>
            {exact(at)}
            {status !== null && ` · HTTP ${status}`}
          </span>{' '}
          {outcome}
        </li>
      ))}
    </ol>
  );
}
