import { useTranslation } from 'react-i18next';
import { count } from '../../shared/numbers';
import { useSession } from '../../shared/session/SessionContext';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { loadingKey } from './loading';
import styles from './StatusLine.module.css';

/** Whether the server answers, in words, and how old what is shown is; or how far loading is. Opens the panel. */
export function Connection({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  const { connection, syncing, loaded, total, syncedAt } = useSession((session) => session.status);
  const counted = { loaded: count(loaded), total: count(total ?? 0) };
  return (
    <>
      <span className={styles.sync}>
        <Button look="quiet" onPress={onPress} aria-haspopup="dialog" data-testid="status-sync">
          <span className={`${styles.dot} ${styles[connection]}`} aria-hidden="true" />
          <span>{t(`connection.${connection}`)}</span>
          <span className={styles.since}>
            {syncing ? (
              t(loadingKey(loaded, total), counted)
            ) : syncedAt ? (
              <>
                {t('status.loaded')} <Ago time={syncedAt} />
              </>
            ) : (
              t('status.never')
            )}
          </span>
        </Button>
      </span>
      {syncing && total !== null && loaded < total && (
        <progress className={styles.progress} value={loaded} max={total} aria-label={t('status.progress')} />
      )}
    </>
  );
}
