import { useTranslation } from 'react-i18next';
import { navigate } from '../shared/route';
import { useSession } from '../shared/session/SessionContext';
import { useReadOnly } from '../shared/session/useReadOnly';
import { Ago } from '../shared/ui/Ago';
import { Button } from '../shared/ui/Button';
import { Notice } from '../shared/ui/Notice';
import styles from './Banner.module.css';
import { useSyncNow } from './useWindowCommands';

/**
 * One line above every screen while the server is away or the session is over: what that means for the work. That it
 * came is said by `useSpokenStatus`. Where nothing can be saved, it promises no saving and offers nothing.
 */
export function Banner() {
  const { connection, trouble, syncedAt } = useSession((session) => session.status);
  const signedIn = useSession((session) => session.account?.signedIn ?? false);
  const { t } = useTranslation();
  const readOnly = useReadOnly() !== null;
  const syncNow = useSyncNow();

  if (connection === 'signedOut' || !signedIn) {
    const signIn = <Button onPress={() => navigate({ screen: 'connect' })}>{t('banner.signIn')}</Button>;
    return (
      <div className={styles.banner}>
        <Notice tone="caution" actions={readOnly ? undefined : signIn}>
          <strong>{t('banner.signedOut')}</strong>{' '}
          {t(readOnly ? 'banner.signedOutLooking' : 'banner.signedOutMeans')}
        </Notice>
      </div>
    );
  }
  if (connection !== 'offline') return null;
  const tryNow = <Button onPress={syncNow}>{t('banner.tryNow')}</Button>;
  return (
    <div className={styles.banner} data-testid="offline">
      <Notice tone="caution" actions={readOnly ? undefined : tryNow}>
        <strong>{t('banner.offline')}</strong> {!readOnly && t('banner.offlineMeans')}
        {syncedAt && (
          <>
            {' '}
            {t('banner.seen')} <Ago time={syncedAt} />.
          </>
        )}
        {trouble && <span className={styles.trouble}> {trouble}</span>}
      </Notice>
    </div>
  );
}
