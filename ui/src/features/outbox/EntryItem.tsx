import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Hourglass,
  Merge,
  Settings2,
  Split,
  Undo2,
  UsersRound,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { DeedButtons } from '../../shared/entry/DeedButtons';
import type { Deed } from '../../shared/entry/deeds';
import { Until } from '../../shared/entry/Until';
import { isSeparation } from '../../shared/entry/useOpenEntry';
import { stateKey, type Tone, toneOf } from '../../shared/entryWords';
import { Ago } from '../../shared/ui/Ago';
import { Failure } from '../../shared/ui/Failure';
import { EntryDetails } from './EntryDetails';
import { sectionOf } from './lines';
import { NeedsPerson } from './NeedsPerson';
import styles from './Outbox.module.css';
import { goTo } from './place';
import { RefusedAt } from './RefusedAt';
import { WaitsFor } from './WaitsFor';

const ICONS: Record<Tone, typeof CircleAlert> = {
  good: CircleCheck,
  calm: Hourglass,
  caution: CircleHelp,
  alert: CircleAlert,
};

const KINDS: Record<string, typeof Merge> = { merge: Merge, separate: Split, settings: Settings2 };

interface Props {
  entry: OutboxEntry;
  /** Where it stands in the list, in pixels. */
  place: number;
  watch: (row: HTMLElement | null) => (() => void) | undefined;
  current: boolean;
  unfolded: boolean;
  selected: boolean;
  /** Whether anything is selected. */
  selecting: boolean;
  busy: boolean;
  refusal: Refusal | null;
  act: (entry: OutboxEntry, deed: Deed) => void;
  onFold: (opId: string) => void;
  onSelect: (opId: string) => void;
  onJump: (opId: string) => void;
}

/** A decision: what, about whom, where it stands, and what can be done about it. */
export const EntryItem = memo(function EntryItem(props: Props) {
  const { t } = useTranslation();
  const { entry, current, unfolded, selected, selecting, busy, refusal, act, onSelect, onJump } = props;
  const { opId, title } = entry;
  const tone = toneOf(entry);
  const Icon = entry.state === 'withdrawn' ? Undo2 : ICONS[tone];
  const Kind = KINDS[entry.kind] ?? UsersRound;
  const explained = isSeparation(entry) && entry.state === 'needs_person';
  const needy = sectionOf(entry) === 'needsYou';
  return (
    <li
      ref={props.watch}
      data-key={opId}
      data-entry
      data-current={current || undefined}
      tabIndex={-1}
      className={`${styles.entry} ${styles[tone]} ${current ? styles.current : ''} ${needy ? styles.needy : ''}`}
      style={{ top: props.place }}
      onFocus={() => goTo(opId)}
      data-testid={`outbox-entry-${opId}`}
    >
      {selecting ? (
        <input
          type="checkbox"
          className={styles.kind}
          checked={selected}
          onChange={() => onSelect(opId)}
          aria-label={t('outbox.bulk.select', { title })}
          data-testid={`outbox-select-${opId}`}
        />
      ) : (
        <Kind aria-hidden="true" className={styles.kind} />
      )}
      <div className={styles.what}>
        <p className={styles.pair} data-selectable>
          {title}
        </p>
        <p className={styles.second}>
          {t(`decision.${entry.kind}`, { defaultValue: entry.kind })} · <Ago time={entry.decidedAt} />
        </p>
      </div>
      <div className={styles.where}>
        <p className={styles.state}>
          <Icon aria-hidden="true" />
          <span data-testid="outbox-state" data-state={entry.state} data-hold={entry.hold}>
            {t(stateKey(entry))}
          </span>
          <Until entry={entry} />
        </p>
        {entry.reason && !explained && (
          <p className={styles.second} data-selectable>
            {entry.reason}
          </p>
        )}
        {entry.waitsFor.length > 0 && <WaitsFor links={entry.waitsFor} onJump={onJump} />}
      </div>
      <div className={styles.actions}>
        <DeedButtons
          entry={entry}
          act={act}
          busy={busy}
          chained={entry.waitsFor.length > 0}
          lead={needy ? 'compare' : undefined}
        />
      </div>
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
      {refusal && (
        <div className={styles.across}>
          <Failure refusal={refusal} />
        </div>
      )}
      <EntryDetails entry={entry} unfolded={unfolded} onFold={props.onFold} act={act} busy={busy} />
    </li>
  );
});
