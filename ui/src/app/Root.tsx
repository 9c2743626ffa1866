import { ServerCrash } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectView } from '../features/connect/ConnectView';
import { QuitSheet } from '../features/leaving/QuitSheet';
import { DamagedView } from '../features/repair/DamagedView';
import { ReadOnlyBanner } from '../features/repair/ReadOnlyBanner';
import { SalvagedReport } from '../features/repair/SalvagedReport';
import type { SalvagedView } from '../ipc/bindings';
import { navigate, type Route, useRoute } from '../shared/route';
import { useSessionState, useSessionStore } from '../shared/session/SessionContext';
import { Button } from '../shared/ui/Button';
import { Empty } from '../shared/ui/Empty';
import { Skeleton } from '../shared/ui/Skeleton';
import { Frame } from './Frame';
import { Toasts } from './Toasts';

/** What the window shows, and the question it asks before it closes, which belongs to no screen. */
export function Root() {
  return (
    <>
      <Screen />
      <QuitSheet />
    </>
  );
}

/** What the window shows first: nothing yet, a way in, what is to be repaired, or the work. */
function Screen() {
  const { session, failure } = useSessionState();
  const store = useSessionStore();
  const route = useRoute();
  const { t } = useTranslation();
  const [salvaged, setSalvaged] = useState<SalvagedView | null>(null);

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
  const { account, files } = session;
  const goOn = (to: Route) => () => {
    setSalvaged(null);
    navigate(to);
    void store.open();
  };
  if (salvaged) {
    return (
      <SalvagedReport
        salvaged={salvaged}
        onDone={goOn({ screen: 'queue' })}
        onOutbox={goOn({ screen: 'outbox', only: 'needsYou' })}
      />
    );
  }
  if (files.damaged && route.screen !== 'connect') {
    const connect = () => navigate({ screen: 'connect' });
    return <DamagedView damaged={files.damaged} onSalvaged={setSalvaged} onConnect={connect} />;
  }
  if (!account || route.screen === 'connect') {
    const leave = () => navigate({ screen: 'queue' });
    // The frame may be there before the answer is: whoever went somewhere since stays there.
    const here = window.location.hash;
    const done = () => {
      if (window.location.hash === here) leave();
    };
    return (
      <>
        <ConnectView
          above={<ReadOnlyBanner />}
          onDone={done}
          onCancel={account || files.damaged ? leave : undefined}
        />
        <Toasts />
      </>
    );
  }
  return <Frame key={account.id} route={route} />;
}
