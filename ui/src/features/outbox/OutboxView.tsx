import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { isSeparation, useOpenEntry } from '../../shared/entry/useOpenEntry';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import { useRows } from '../../shared/useRows';
import { EntryItem } from './EntryItem';
import styles from './Outbox.module.css';
import { useOutbox } from './useOutbox';

/** Everything decided here, newest first: where it stands, what it waits for, and what can still be done. */
export function OutboxView() {
  const { t } = useTranslation();
  const { entries, refusal, reload } = useOutbox();
  return (
    <section className={styles.view} data-testid="outbox" aria-labelledby="outbox-title">
      <header className={styles.head}>
        <h1 id="outbox-title" className={styles.title}>
          {t('outbox.title')}
        </h1>
        <span className={styles.total}>{entries && t('outbox.total', { count: entries.length })}</span>
      </header>
      {refusal && (
        <div className={styles.failure}>
          <Failure refusal={refusal} actions={<Button onPress={reload}>{t('again')}</Button>} />
        </div>
      )}
      {!entries && !refusal && <Skeleton rows={8} />}
      {entries?.length === 0 && (
        <Empty icon={<Send />} title={t('outbox.none')}>
          {t('outbox.noneMeans')}
        </Empty>
      )}
      {entries && entries.length > 0 && <Entries entries={entries} />}
    </section>
  );
}

function Entries({ entries }: { entries: OutboxEntry[] }) {
  const { t } = useTranslation();
  const open = useOpenEntry();
  const { list, current, setCurrent } = useRows({
    length: entries.length,
    onOpen: (index) => {
      const entry = entries[index];
      if (!entry) return;
      if (isSeparation(entry) && !entry.canEdit) fold(list.current, index);
      else void open(entry);
    },
  });
  return (
    <ul ref={list} className={`${styles.list} own-scrollbar`} aria-label={t('outbox.title')}>
      {entries.map((entry, index) => (
        <EntryItem
          key={entry.opId}
          entry={entry}
          current={index === current}
          onFocus={() => setCurrent(index)}
        />
      ))}
    </ul>
  );
}

/** Opens the details of an entry that leads nowhere else, or closes them. */
function fold(list: HTMLElement | null, index: number): void {
  const details = list?.querySelectorAll('[data-entry]')[index]?.querySelector('details');
  if (details) details.open = !details.open;
}
