import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { TakingView } from '../../ipc/bindings';
import { count, size } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import styles from './Taking.module.css';

/** How far it is, and the way to end it. The window is free meanwhile. */
export function TakeProgress({ taking, onClose }: { taking: TakingView; onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { done, total, failed, bytes } = taking;
  const stop = useAction(useCallback(() => backend.stopTaking(), [backend]));
  const words = { done: count(done), total: count(total), size: size(bytes ?? 0) };
  return (
    <>
      <div className={styles.progress}>
        <progress value={done + failed} max={Math.max(1, total)} aria-label={t('taking.progress')} />
        <p data-testid="taking-done">{t('taking.done', words)}</p>
        {failed > 0 && <p className={styles.second}>{t('taking.failed', { count: failed })}</p>}
      </div>
      <p className={styles.second}>
        {t('taking.goesOn')} {t('taking.stops')}
      </p>
      {stop.refusal && <Failure refusal={stop.refusal} />}
      <div className={styles.foot}>
        <Button isDisabled={stop.busy} onPress={() => void stop.run()} data-testid="take-stop">
          {t(stop.busy ? 'taking.stopping' : 'taking.stop')}
        </Button>
        <Button look="lead" onPress={onClose} autoFocus data-testid="take-hide">
          {t('taking.hide')}
        </Button>
      </div>
    </>
  );
}
