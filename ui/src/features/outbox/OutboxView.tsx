import { Send } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
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
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const focus = useCallback((index: number) => {
    list.current?.querySelectorAll<HTMLElement>('[data-entry]')[index]?.focus();
  }, []);
  useEffect(() => focus(0), [focus]);
  const go = (wanted: number) => {
    const next = Math.min(entries.length - 1, Math.max(0, wanted));
    setCurrent(next);
    focus(next);
  };
  useCommand('next', () => go(current + 1));
  useCommand('previous', () => go(current - 1));
  useCommand('first', () => go(0));
  useCommand('last', () => go(entries.length - 1));
  useCommand('open', () => {
    const entry = entries[current];
    if (entry) navigate({ screen: 'review', reviewId: entry.subject });
  });
  return (
    <ul ref={list} className={styles.list} aria-label={t('outbox.title')}>
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
