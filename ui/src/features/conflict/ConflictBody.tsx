import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConflictView, OutboxEntry } from '../../ipc/bindings';
import { Attempts } from '../../shared/entry/Attempts';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import styles from './Conflict.module.css';
import { ConflictTable } from './ConflictTable';

interface Props {
  entry: OutboxEntry;
  view: ConflictView;
  reading: boolean;
  onReload: () => void;
}

/** What stands in the way, the three columns, and what else changed. */
export function ConflictBody({ entry, view, reading, onReload }: Props) {
  const { t } = useTranslation();
  const { headline, rows, also, readAt } = view;
  const reload = (
    <Button
      look="quiet"
      icon={<RefreshCw />}
      isDisabled={reading}
      onPress={onReload}
      data-testid="conflict-reload"
    >
      {t('conflict.readAgain')}
    </Button>
  );
  return (
    <>
      <Notice tone="alert" data-testid="conflict-headline">
        <strong>{headline}</strong>
        {entry.reason !== '' && entry.reason !== headline && <p>{entry.reason}</p>}
      </Notice>
      {readAt === null && (
        <Notice tone="caution" actions={reload} data-testid="conflict-not-read">
          {t('conflict.notRead')}
        </Notice>
      )}
      {rows.length > 0 ? (
        <ConflictTable rows={rows} read={readAt !== null} />
      ) : (
        <p className={styles.second}>{t('conflict.noRows')}</p>
      )}
      {also.length > 0 && (
        <section className={styles.also} data-testid="conflict-also">
          <h2 className={styles.subtitle}>{t('conflict.also')}</h2>
          <ul>
            {also.map((sentence) => (
              <li key={sentence} data-selectable>
                {sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
      {readAt !== null && (
        <p className={styles.read} data-testid="conflict-read">
          <span className={styles.second}>
            {t('conflict.readAt')} <Ago time={readAt} />
          </span>
          {reload}
        </p>
      )}
      {entry.note !== null && (
        <p data-selectable>
          <span className={styles.second}>{t('outbox.note')}</span> {entry.note}
        </p>
      )}
      {entry.history.length > 0 && <Attempts attempts={entry.history} />}
    </>
  );
}
