import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { useRows } from '../../shared/useRows';
import styles from './History.module.css';
import { HistoryRow } from './HistoryRow';

/** How near the end of the list the next page is asked for, in pixels. */
const AHEAD = 600;

interface Props {
  id: string;
  entries: OutboxEntry[];
  /** Whether there is more behind the last. */
  next: string | null;
  reading: boolean;
  /** Whether reading on failed: then it waits to be told. */
  stopped: boolean;
  onMore: () => void;
}

/** The entries, read on as one comes near the end. One is open at a time. */
export function HistoryList({ id, entries, next, reading, stopped, onMore }: Props) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const toggle = (opId: string | undefined) =>
    setOpenId((before) => (before === opId ? null : (opId ?? null)));
  const { list, current, setCurrent } = useRows({
    length: entries.length,
    onOpen: (index) => toggle(entries[index]?.opId),
    quiet: true,
  });
  const readOn = useCallback(() => {
    const element = list.current;
    if (!element || stopped || next === null) return;
    if (element.scrollTop + element.clientHeight > element.scrollHeight - AHEAD) onMore();
  }, [list, next, stopped, onMore]);
  // A tall window shows the end of the first page without scrolling.
  useEffect(readOn, [readOn]);
  return (
    <ul
      id={id}
      ref={list}
      className={`${styles.list} own-scrollbar`}
      aria-label={t('history.title')}
      onScroll={readOn}
    >
      {entries.map((entry, index) => (
        <HistoryRow
          key={entry.opId}
          entry={entry}
          current={index === current}
          isOpen={entry.opId === openId}
          onFocus={() => setCurrent(index)}
          onToggle={() => toggle(entry.opId)}
        />
      ))}
      {next !== null && (
        <li className={styles.foot}>
          <Button onPress={onMore} isDisabled={reading} data-testid="history-more">
            {t(reading ? 'history.reading' : 'history.more')}
          </Button>
        </li>
      )}
    </ul>
  );
}
