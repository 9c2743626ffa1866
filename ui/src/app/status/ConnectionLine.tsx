import { Plug, PlugZap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../shared/route';
import { useSession } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { useSyncNow } from '../useWindowCommands';
import { PanelLine } from './PanelLine';
import styles from './SyncPanel.module.css';

/** Whether the server answers; its own words where it does not; and the way to try, or to sign in again. */
export function ConnectionLine({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { connection, trouble, syncing } = useSession((session) => session.status);
  const server = useSession((session) => session.account?.origin ?? '').replace(/^https?:\/\//, '');
  const readOnly = useReadOnly();
  const syncNow = useSyncNow();
  const signIn = () => {
    onClose();
    navigate({ screen: 'connect' });
  };
  const action =
    connection === 'signedOut' ? (
      <Button onPress={signIn} data-testid="panel-sign-in">
        {t('status.panel.signIn')}
      </Button>
    ) : (
      <Button isDisabled={syncing || readOnly !== null} onPress={syncNow} data-testid="panel-sync-now">
        {t('status.panel.syncNow')}
      </Button>
    );
  return (
    <PanelLine
      icon={connection === 'online' ? <PlugZap /> : <Plug />}
      tone={connection === 'online' ? 'good' : 'caution'}
      actions={action}
      testId="panel-connection"
    >
      <p>{t(`status.panel.${connection}`, { server })}</p>
      {trouble && <p className={styles.second}>{t('status.answered', { words: trouble })}</p>}
      {syncing && connection !== 'signedOut' && readOnly === null && (
        <p className={styles.second}>{t('status.panel.loadsNow')}</p>
      )}
      {readOnly !== null && <p className={styles.second}>{readOnly}</p>}
    </PanelLine>
  );
}
