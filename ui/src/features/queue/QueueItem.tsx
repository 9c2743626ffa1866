import { Blend, CircleAlert, CircleCheck, HardDrive, Hourglass, Phone, Waypoints } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../ipc/bindings';
import { percent } from '../../shared/numbers';
import { Ago } from '../../shared/ui/Ago';
import { fieldName } from '../../shared/ui/fieldName';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Queue.module.css';

const KINDS = { fuzzyMatch: Blend, phoneConflict: Phone, other: Waypoints };
const LOCAL = { queued: Hourglass, done: CircleCheck, needsYou: CircleAlert };

/** Fields named before the rest is a number. */
const NAMED = 3;

interface Props {
  row: QueueRow;
  place: CSSProperties;
  position: number;
  total: number;
  selected: boolean;
  onOpen: (reviewId: string) => void;
}

/** One review in a line: how alike, who, what differs, since when, and what was decided here. */
export function QueueItem({ row, place, position, total, selected, onOpen }: Props) {
  const { t } = useTranslation();
  const Kind = KINDS[row.kind];
  const differing = row.differing.slice(0, NAMED).map((path) => fieldName(t, path));
  const more = row.differing.length - differing.length;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys; see `open`.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus; this is its active descendant.
    <div
      id={`queue-row-${row.reviewId}`}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={total}
      className={styles.row}
      style={place}
      onClick={() => onOpen(row.reviewId)}
      data-testid={`queue-row-${row.reviewId}`}
    >
      <span className={styles.score}>{row.score === null ? '—' : percent(row.score)}</span>
      <span className={styles.kind} title={t(`kind.${row.kind}`)}>
        <Kind aria-hidden="true" />
        <span className="visually-hidden">{t(`kind.${row.kind}`)}</span>
      </span>
      <span className={styles.pair}>
        <span className={styles.person}>
          <SideBadge side="source" />
          <span className={styles.name}>{row.sourceName}</span>
        </span>
        <span className={styles.person}>
          <SideBadge side="candidate" />
          <span className={styles.name}>{row.candidateName}</span>
        </span>
      </span>
      <span className={styles.differing}>
        {differing.length === 0 ? t('queue.noDifference') : differing.join(', ')}
        {more > 0 && ` +${more}`}
      </span>
      <span className={styles.local}>
        <Local row={row} />
        <Here row={row} />
      </span>
      <span className={styles.age}>{row.createdAt && <Ago time={row.createdAt} short />}</span>
    </div>
  );
}

/** That it is here in full, and needs no network. */
function Here({ row: { here, local } }: { row: QueueRow }) {
  const { t } = useTranslation();
  if (!here || local === 'done') return null;
  return (
    <span className={styles.here} title={t('queue.here')} data-testid="row-here">
      <HardDrive aria-hidden="true" />
      <span className="visually-hidden">{t('taking.rowHere')}</span>
    </span>
  );
}

function Local({ row: { local } }: { row: QueueRow }) {
  const { t } = useTranslation();
  if (local === 'open') return null;
  const Icon = LOCAL[local];
  return (
    <span className={`${styles.state} ${styles[local]}`}>
      <Icon aria-hidden="true" />
      {t(`local.${local}`)}
    </span>
  );
}
