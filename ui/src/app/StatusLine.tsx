import { Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { count } from '../shared/numbers';
import { useSession } from '../shared/session/SessionContext';
import { secondsUntil, useNow } from '../shared/time';
import { Ago } from '../shared/ui/Ago';
import { Button } from '../shared/ui/Button';
import { useUndo } from '../shared/useUndo';
import styles from './StatusLine.module.css';

/** The line at the foot: what is under way, what waits, and the way back. */
export function StatusLine({ onKeys, onPalette }: { onKeys: () => void; onPalette: () => void }) {
  const { t } = useTranslation();
  const { undo } = useUndo();
  return (
    <footer className={styles.line} data-testid="status">
      <Doing />
      {undo && (
        <Button look="quiet" command="undo" onPress={undo} data-testid="status-undo">
          {t('undo.label')}
        </Button>
      )}
      <span className={styles.gap} />
      <Button look="quiet" command="palette" onPress={onPalette}>
        {t('command.palette')}
      </Button>
      <Button
        look="quiet"
        icon={<Keyboard />}
        label={t('command.sheet')}
        command="sheet"
        onPress={onKeys}
        data-testid="keys"
      />
    </footer>
  );
}

function Doing() {
  const { t } = useTranslation();
  const status = useSession((session) => session.status);
  const waiting = useSession((session) => session.counts.outbox);
  const now = useNow(status.nextSendAt ? 500 : 0);
  const parts: React.ReactNode[] = [];
  if (waiting > 0) parts.push(t('status.waiting', { count: waiting }));
  if (status.nextSendAt) {
    const seconds = secondsUntil(status.nextSendAt, now);
    parts.push(seconds > 0 ? t('status.sendsIn', { seconds }) : t('status.sending'));
  }
  if (status.syncing) {
    const loaded = count(status.loaded);
    const total = status.total === null ? null : count(status.total);
    parts.push(total === null ? t('status.loading', { loaded }) : t('status.loadingOf', { loaded, total }));
  } else if (status.trouble && status.connection === 'online') {
    parts.push(t('status.answered', { words: status.trouble }));
  } else if (parts.length === 0 && status.syncedAt) {
    parts.push(
      <>
        {t(status.connection === 'online' ? 'status.upToDate' : 'status.asOf')} <Ago time={status.syncedAt} />
      </>,
    );
  }
  return (
    <>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have a fixed order.
        <span key={i} className={styles.part}>
          {part}
        </span>
      ))}
      {status.syncing && status.total !== null && status.total > 0 && (
        <progress
          className={styles.progress}
          value={status.loaded}
          max={status.total}
          aria-label={t('status.progress')}
        />
      )}
    </>
  );
}
