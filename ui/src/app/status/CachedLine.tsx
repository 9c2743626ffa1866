import { Database } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTakeSize } from '../../features/taking/useTakeSize';
import type { TakeRequest } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { useQueue } from '../../shared/queue/QueueContext';
import { useSession } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { loadingKey } from './loading';
import { PanelLine } from './PanelLine';
import styles from './SyncPanel.module.css';

/** Every open review, as far as it can be asked about at once. */
const ALL: TakeRequest = { count: 5000, filter: 'open', sort: 'scoreDown', search: '', messages: false };

/** What is stored here, and of when: the list of reviews, and how many of them in full. */
export function CachedLine({ onTake }: { onTake: () => void }) {
  const { t } = useTranslation();
  const { syncing, loaded, total, syncedAt } = useSession((session) => session.status);
  const { size } = useTakeSize(ALL);
  const decided = useQueue((state) => state.filter === 'decided');
  const readOnly = useReadOnly();
  const off = readOnly ?? (decided ? t('taking.offDecided') : undefined);
  const counted = { loaded: count(loaded), total: count(total ?? 0) };
  const take = (
    <Button isDisabled={off !== undefined} onPress={onTake} data-testid="panel-take">
      {t('status.panel.takeAlong')}
    </Button>
  );
  return (
    <PanelLine icon={<Database />} actions={take} testId="panel-cached">
      <p>
        {syncedAt ? (
          <>
            {t('status.panel.round')} <Ago time={syncedAt} />.
          </>
        ) : (
          t('status.panel.noRound')
        )}
      </p>
      {syncing && <p>{t(loadingKey(loaded, total), counted)}</p>}
      {size && size.reviews > 0 && (
        <p className={styles.second}>
          {t(
            size.here === 0
              ? 'status.panel.cachedNone'
              : size.here >= size.reviews
                ? 'status.panel.cachedAll'
                : 'status.panel.cached',
            { here: count(size.here), total: count(size.reviews) },
          )}
        </p>
      )}
      {off !== undefined && off !== readOnly && <p className={styles.second}>{off}</p>}
    </PanelLine>
  );
}
