import { CheckCheck, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useQueue, useQueueStore } from '../../shared/queue/QueueContext';
import { useSession } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import styles from './Queue.module.css';
import { QueueList } from './QueueList';
import { QueueToolbar } from './QueueToolbar';

/** The reviews that wait, in the order the admin wants. */
export function QueueView() {
  const { t } = useTranslation();
  const loaded = useQueue((state) => state.loaded);
  const total = useQueue((state) => state.total);
  const shown = useQueue((state) => state.shown);
  const failure = useQueue((state) => state.failure);
  const queue = useQueueStore();
  return (
    <section className={styles.view} data-testid="queue" aria-labelledby="queue-title">
      <QueueToolbar />
      {failure && (
        <div className={styles.failure}>
          <Failure refusal={failure} actions={<Button onPress={queue.refresh}>{t('again')}</Button>} />
        </div>
      )}
      {!loaded && !failure && <Skeleton rows={14} />}
      {loaded && total === 0 && <Nothing />}
      {loaded && total > 0 && <QueueList key={shown} />}
    </section>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const search = useQueue((state) => state.search);
  const filter = useQueue((state) => state.filter);
  const syncing = useSession((session) => session.status.syncing);
  const queue = useQueueStore();
  if (search) {
    const clear = <Button onPress={() => queue.show({ search: '' })}>{t('clearSearch')}</Button>;
    return <Empty icon={<SearchX />} title={t('queue.none.search', { search })} actions={clear} />;
  }
  if (syncing) return <Skeleton rows={14} />;
  return (
    <Empty icon={<CheckCheck />} title={t(`queue.none.${filter}`)}>
      {t(filter === 'decided' ? 'queue.none.decidedMeans' : 'queue.none.means')}
    </Empty>
  );
}
