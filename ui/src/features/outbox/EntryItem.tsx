import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Hourglass,
  Merge,
  Split,
  Undo2,
  UsersRound,
} from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { isSeparation } from '../../shared/entry/useOpenEntry';
import { stateKey, type Tone, toneOf } from '../../shared/entryWords';
import { Ago } from '../../shared/ui/Ago';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import { EntryActions } from './EntryActions';
import { EntryDetails } from './EntryDetails';
import { NeedsPerson } from './NeedsPerson';
import styles from './Outbox.module.css';
import { RefusedAt } from './RefusedAt';

const ICONS: Record<Tone, typeof CircleAlert> = {
  good: CircleCheck,
  calm: Hourglass,
  caution: CircleHelp,
  alert: CircleAlert,
};

const KINDS: Record<string, typeof Merge> = { merge: Merge, separate: Split };

interface Props {
  entry: OutboxEntry;
  current: boolean;
  onFocus: () => void;
}

/** A decision: what, about whom, where it stands, and what can be done about it. */
export function EntryItem({ entry, current, onFocus }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { opId } = entry;
  const retry = useAction(useCallback(() => backend.retry(opId), [backend, opId]));
  const tone = toneOf(entry);
  const Icon = entry.state === 'withdrawn' ? Undo2 : ICONS[tone];
  const Kind = KINDS[entry.kind] ?? UsersRound;
  const explained = isSeparation(entry) && entry.state === 'needs_person';
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
        {entry.reason && !explained && (
          <p className={styles.second} data-selectable>
            {entry.reason}
          </p>
        )}
      </div>
      <EntryActions entry={entry} retry={retry} />
      {entry.refusedAt !== null && (
        <div className={styles.across}>
          <RefusedAt place={entry.refusedAt} />
        </div>
      )}
      {explained && (
        <div className={styles.across}>
          <NeedsPerson entry={entry} />
        </div>
      )}
      {retry.refusal && (
        <div className={styles.across}>
          <Failure refusal={retry.refusal} />
        </div>
      )}
      <EntryDetails entry={entry} />
    </li>
  );
}
