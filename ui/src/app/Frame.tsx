import { useState } from 'react';
import { ConflictView } from '../features/conflict/ConflictView';
import { ContactsView } from '../features/contacts/ContactsView';
import { HistoryView } from '../features/history/HistoryView';
import { OutboxView } from '../features/outbox/OutboxView';
import { QueueView } from '../features/queue/QueueView';
import { ReadOnlyBanner } from '../features/repair/ReadOnlyBanner';
import { SeparationView } from '../features/separation/SeparationView';
import { SettingsView } from '../features/settings/SettingsView';
import { TakeSheet } from '../features/taking/TakeSheet';
import { Announcer } from '../shared/announce/Announcer';
import { useCommand } from '../shared/keys/useCommand';
import { navigate, type Route } from '../shared/route';
import { useReadOnly } from '../shared/session/useReadOnly';
import { useUndo } from '../shared/useUndo';
import { Banner } from './Banner';
import styles from './Frame.module.css';
import { KeySheet } from './KeySheet';
import { Palette } from './Palette';
import { ReviewScreen } from './ReviewScreen';
import { Sidebar } from './Sidebar';
import { StatusLine } from './StatusLine';
import { SupportsSheet } from './SupportsSheet';
import { SyncPanel } from './SyncPanel';
import { Toasts } from './Toasts';
import { useAlerts } from './useAlerts';
import { useSpokenStatus } from './useSpokenStatus';
import { useTakeAlong } from './useTakeAlong';
import { useTakingEnd } from './useTakingEnd';
import { useWindowCommands } from './useWindowCommands';

type Layer = 'keys' | 'palette' | 'supports' | 'sync' | 'take' | null;

/** The frame around every screen: sidebar, status line, and what lies over both. */
export function Frame({ route }: { route: Route }) {
  const [layer, setLayer] = useState<Layer>(null);
  const close = () => setLayer(null);
  const { undo } = useUndo();
  const readOnly = useReadOnly() ?? undefined;
  useAlerts();
  useSpokenStatus();
  useTakingEnd();
  useWindowCommands();
  useCommand('goQueue', () => navigate({ screen: 'queue' }));
  useCommand('goContacts', () => navigate({ screen: 'contacts' }));
  useCommand('goSettings', () => navigate({ screen: 'settings' }));
  useCommand('goHistory', () => navigate({ screen: 'history' }));
  useCommand('goOutbox', () => navigate({ screen: 'outbox' }));
  // In the editor of a separation the key takes back a change of the plan.
  useCommand('undo', route.screen === 'separation' ? null : undo, readOnly);
  useCommand('sheet', () => setLayer('keys'));
  useCommand('palette', () => setLayer('palette'));
  useCommand('supports', () => setLayer('supports'));
  useCommand('syncPanel', () => setLayer('sync'));
  useTakeAlong(() => setLayer('take'));

  return (
    <div className={styles.window}>
      <div className={styles.frame}>
        <Sidebar route={route} />
        <main className={styles.screen}>
          <ReadOnlyBanner />
          <Banner />
          {route.screen === 'review' && <ReviewScreen reviewId={route.reviewId} change={route.change} />}
          {route.screen === 'separation' && (
            <SeparationView key={route.contactId} contactId={route.contactId} from={route.from} />
          )}
          {route.screen === 'contacts' && <ContactsView />}
          {route.screen === 'outbox' && <OutboxView only={route.only} />}
          {route.screen === 'conflict' && <ConflictView opId={route.opId} />}
          {route.screen === 'history' && <HistoryView />}
          {route.screen === 'settings' && <SettingsView />}
          {(route.screen === 'queue' || route.screen === 'connect') && <QueueView />}
        </main>
        <StatusLine
          onKeys={() => setLayer('keys')}
          onPalette={() => setLayer('palette')}
          onSync={() => setLayer('sync')}
          onTaking={() => setLayer('take')}
        />
      </div>
      <KeySheet isOpen={layer === 'keys'} onClose={close} />
      <Palette isOpen={layer === 'palette'} onClose={close} />
      <SupportsSheet isOpen={layer === 'supports'} onClose={close} />
      <SyncPanel isOpen={layer === 'sync'} onClose={close} onTake={() => setLayer('take')} />
      <TakeSheet isOpen={layer === 'take'} onClose={close} />
      <Toasts />
      <Announcer />
    </div>
  );
}
