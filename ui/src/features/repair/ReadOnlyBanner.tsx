import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import { useSession, useSessionStore } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import { useAction } from '../../shared/useAction';
import styles from './Repair.module.css';

/** Above every screen while nothing can be saved: why, and the way out where there is one. */
export function ReadOnlyBanner() {
  const { t } = useTranslation();
  const backend = useBackend();
  const session = useSessionStore();
  const { readOnly, canTryAgain } = useSession((each) => each.files);
  const again = useAction(
    useCallback(async () => {
      await backend.openAgain();
      await session.open();
    }, [backend, session]),
  );
  if (readOnly === null) return null;
  const action = canTryAgain && (
    <Button isDisabled={again.busy} onPress={() => void again.run()} data-testid="files-again">
      {t(again.busy ? 'files.trying' : 'files.tryAgain')}
    </Button>
  );
  return (
    <div className={styles.banner}>
      <Notice tone="caution" live data-testid="read-only" actions={action || undefined}>
        <strong>{t('files.readOnly')}</strong> {readOnly}
        {again.refusal && (
          <p className={styles.second} data-testid="files-still-not">
            {t('files.stillNot', { words: again.refusal.message })}
          </p>
        )}
      </Notice>
    </div>
  );
}
