import { Blend, History, Inbox, Phone, Send, SlidersHorizontal, UserCheck, UserSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueFilter } from '../ipc/bindings';
import { count } from '../shared/numbers';
import { useQueue, useQueueStore } from '../shared/queue/QueueContext';
import { navigate, type Route } from '../shared/route';
import { useSession } from '../shared/session/SessionContext';
import { Mark } from '../shared/ui/Mark';
import { AccountMenu } from './AccountMenu';
import styles from './Sidebar.module.css';

/** Where one can go, with the numbers that wait there. */
export function Sidebar({ route }: { route: Route }) {
  const { t } = useTranslation();
  const counts = useSession((session) => session.counts);
  const sandbox = useSession((session) => session.account?.sandbox ?? false);
  const queue = useQueueStore();
  const filter = useQueue((state) => state.filter);
  const inQueue = route.screen === 'queue' || route.screen === 'review';

  const show = (next: QueueFilter) => () => {
    if (next !== filter) queue.show({ filter: next });
    navigate({ screen: 'queue' });
  };
  const item = (of: QueueFilter) => ({ current: inQueue && filter === of, onPress: show(of) });
  return (
    <nav className={styles.side} aria-label={t('nav.label')}>
      <p className={styles.brand}>
        <Mark className={styles.mark} />
        <span className={styles.label}>Cleave</span>
        {sandbox && <span className={styles.sandbox}>{t('account.sandbox')}</span>}
      </p>
      <Item {...item('open')} icon={<Inbox />} label={t('nav.queue')} number={counts.queue} id="nav-queue" />
      <Item
        {...item('phoneConflicts')}
        sub
        icon={<Phone />}
        label={t('nav.phoneConflicts')}
        number={counts.phoneConflicts}
        id="nav-phone-conflicts"
      />
      <Item {...item('fuzzyMatches')} sub icon={<Blend />} label={t('nav.fuzzyMatches')} id="nav-fuzzy" />
      <Item {...item('decided')} sub icon={<UserCheck />} label={t('nav.decided')} id="nav-decided" />
      <Item
        current={route.screen === 'contacts' || route.screen === 'separation'}
        onPress={() => navigate({ screen: 'contacts' })}
        icon={<UserSearch />}
        label={t('nav.contacts')}
        id="nav-contacts"
      />
      <Item
        current={route.screen === 'outbox' || route.screen === 'conflict'}
        onPress={() => navigate({ screen: 'outbox' })}
        icon={<Send />}
        label={t('nav.outbox')}
        number={counts.outbox}
        alert={counts.needsPerson > 0 ? t('nav.needsPerson', { count: counts.needsPerson }) : undefined}
        id="nav-outbox"
      />
      <Item
        current={route.screen === 'history'}
        onPress={() => navigate({ screen: 'history' })}
        icon={<History />}
        label={t('nav.history')}
        id="nav-history"
      />
      <Item
        current={route.screen === 'settings'}
        onPress={() => navigate({ screen: 'settings' })}
        icon={<SlidersHorizontal />}
        label={t('nav.settings')}
        id="nav-settings"
      />
      <span className={styles.gap} />
      <AccountMenu />
    </nav>
  );
}

interface ItemProps {
  icon: ReactNode;
  label: string;
  number?: number;
  /** Why it calls for attention. */
  alert?: string;
  current: boolean;
  sub?: boolean;
  onPress: () => void;
  id: string;
}

function Item({ icon, label, number, alert, current, sub, onPress, id }: ItemProps) {
  return (
    <button
      type="button"
      className={`${styles.item} ${sub ? styles.sub : ''}`}
      aria-current={current ? 'page' : undefined}
      title={alert ?? label}
      onClick={onPress}
      data-testid={id}
    >
      {icon}
      <span className={styles.label}>{label}</span>
      {alert && (
        <span className={styles.alert} role="img" aria-label={alert}>
          !
        </span>
      )}
      {number !== undefined && number > 0 && <span className={styles.number}>{count(number)}</span>}
    </button>
  );
}
