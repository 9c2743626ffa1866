import { ServerCrash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ConnectView } from '../features/connect/ConnectView';
import { navigate, useRoute } from '../shared/route';
import { useSessionState, useSessionStore } from '../shared/session/SessionContext';
import { Button } from '../shared/ui/Button';
import { Empty } from '../shared/ui/Empty';
import { Skeleton } from '../shared/ui/Skeleton';
import { Frame } from './Frame';
import { Toasts } from './Toasts';

/** What the window shows first: nothing yet, a way in, or the work. */
export function Root() {
  const { session, failure } = useSessionState();
  const store = useSessionStore();
  const route = useRoute();
  const { t } = useTranslation();

  if (!session && failure) {
    const again = (
      <Button look="lead" onPress={() => void store.open()}>
        {t('again')}
      </Button>
    );
    return (
      <Empty icon={<ServerCrash />} title={t('root.failed')} actions={again}>
        <span data-testid="error">{[failure.message, failure.hint].filter(Boolean).join(' ')}</span>
      </Empty>
    );
  }
  if (!session) return <Skeleton rows={12} />;
  const { account } = session;
  if (!account || route.screen === 'connect') {
    const leave = () => navigate({ screen: 'queue' });
    return (
      <>
        <ConnectView onDone={leave} onCancel={account ? leave : undefined} />
        <Toasts />
      </>
    );
  }
  return <Frame key={account.id} route={route} />;
}
