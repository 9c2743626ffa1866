import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry, OutboxState } from '../../ipc/bindings';
import { partOf } from '../../shared/session/parts';
import styles from './Leaving.module.css';

/** States of what the server has. */
const THERE: OutboxState[] = ['applied', 'applied_elsewhere'];

/** Whether closing waits for it: an answer that was lost is looked for at the next start. */
const isToSend = (entry: OutboxEntry): boolean =>
  partOf(entry) === 'waiting' || entry.state === 'checking' || entry.state === 'sending';

/** Of those that were to be sent when it began: how many the server has, and how many came back to the person. */
export function SendingProgress({ entries }: { entries: OutboxEntry[] }) {
  const { t } = useTranslation();
  const [began] = useState(() => new Set(entries.filter(isToSend).map(({ opId }) => opId)));
  const those = entries.filter(({ opId }) => began.has(opId));
  const gone = those.filter(({ state }) => THERE.includes(state)).length;
  const back = those.filter((entry) => partOf(entry) === 'needsYou').length;
  return (
    <div role="status" className={styles.progress} data-testid="quit-progress">
      <progress value={gone} max={Math.max(1, began.size)} aria-label={t('leaving.quit.progress')} />
      {t('leaving.quit.gone', { gone, of: began.size })}
      {back > 0 && ` ${t('leaving.quit.back', { count: back })}`}
    </div>
  );
}
