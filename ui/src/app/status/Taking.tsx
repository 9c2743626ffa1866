import { Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import { toRefusal } from '../../ipc/refusal';
import { count } from '../../shared/numbers';
import { useSession } from '../../shared/session/SessionContext';
import { toast } from '../../shared/toasts';
import { Button } from '../../shared/ui/Button';
import styles from './StatusLine.module.css';

/** How far taking along is, with the way to its sheet and the way to end it. */
export function Taking({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const taking = useSession((session) => session.status.taking);
  if (!taking?.running) return null;
  const { done, failed, total } = taking;
  const stop = () => {
    backend
      .stopTaking()
      .catch((thrown: unknown) => toast({ tone: 'alert', text: toRefusal(thrown).message }));
  };
  return (
    <span className={styles.taking}>
      <Button look="quiet" onPress={onPress} aria-haspopup="dialog" data-testid="status-taking">
        {t('status.taking', { done: count(done), total: count(total) })}
      </Button>
      <progress
        className={styles.progress}
        value={done + failed}
        max={Math.max(1, total)}
        aria-label={t('taking.progress')}
      />
      <Button
        look="quiet"
        icon={<Square />}
        label={t('status.stop')}
        onPress={stop}
        data-testid="status-taking-stop"
      />
    </span>
  );
}
