import { CircleAlert, CircleCheck, CircleHelp, Hourglass, Merge, Undo2, UsersRound } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { stateKey, type Tone, toneOf } from '../../shared/entryWords';
import { navigate } from '../../shared/route';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import { canUndo, useWithdraw } from '../../shared/useUndo';
import { EntryDetails } from './EntryDetails';
import styles from './Outbox.module.css';

const ICONS: Record<Tone, typeof CircleAlert> = {
  good: CircleCheck,
  calm: Hourglass,
  caution: CircleHelp,
  alert: CircleAlert,
};

interface Props {
  entry: OutboxEntry;
  current: boolean;
  onFocus: () => void;
}

/** A decision: what, about whom, where it stands, and what can be done about it. */
export function EntryItem({ entry, current, onFocus }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const withdraw = useWithdraw();
  const { opId } = entry;
  const retry = useAction(useCallback(() => backend.retry(opId), [backend, opId]));
  const tone = toneOf(entry);
  const Icon = entry.state === 'withdrawn' ? Undo2 : ICONS[tone];
  const Kind = entry.kind === 'merge' ? Merge : UsersRound;
  return (
    <li
      data-entry
      tabIndex={-1}
      className={`${styles.entry} ${styles[tone]} ${current ? styles.current : ''}`}
      onFocus={onFocus}
      data-testid={`outbox-entry-${opId}`}
    >
      <Kind aria-hidden="true" className={styles.kind} />
      <div className={styles.what}>
        <p className={styles.pair} data-selectable>
          {entry.title}
        </p>
        <p className={styles.second}>
          {t(`decision.${entry.kind}`, { defaultValue: entry.kind })} · <Ago time={entry.decidedAt} />
        </p>
      </div>
      <div className={styles.where}>
        <p
          className={styles.state}
          data-testid="outbox-state"
          data-state={entry.state}
          data-hold={entry.hold}
        >
          <Icon aria-hidden="true" />
          {t(stateKey(entry))}
        </p>
        {entry.reason && (
          <p className={styles.second} data-selectable>
            {entry.reason}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {entry.canWithdraw && (
          <Button look="quiet" onPress={() => void withdraw(entry)} data-testid="outbox-withdraw">
            {t(canUndo(entry) ? 'undo.label' : 'undo.dismiss')}
          </Button>
        )}
        {entry.canRetry && (
          <Button isDisabled={retry.busy} onPress={() => void retry.run()} data-testid="outbox-retry">
            {t(entry.attempts > 0 ? 'outbox.sendAgain' : 'outbox.sendNow')}
          </Button>
        )}
        <Button
          look="quiet"
          onPress={() => navigate({ screen: 'review', reviewId: entry.subject })}
          data-testid="outbox-open"
        >
          {t('outbox.open')}
        </Button>
      </div>
      {retry.refusal && (
        <div className={styles.across}>
          <Failure refusal={retry.refusal} />
        </div>
      )}
      <EntryDetails entry={entry} />
    </li>
  );
}
