import { useTranslation } from 'react-i18next';
import type { HalfView, MessageView, SeparationSide } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Timeline.module.css';
import { dayOf } from './times';
import type { TimelineOf } from './useTimeline';

/** A half while the divider is held: the end at the divider is another, the far end stays. */
function heldHalf(
  half: HalfView,
  size: number,
  end: 'first' | 'last',
  message: MessageView | undefined,
): HalfView {
  const at = message?.at ?? null;
  const text = message?.text ?? '…';
  return end === 'first'
    ? { ...half, count: size, first: text, firstAt: at }
    : { ...half, count: size, last: text, lastAt: at };
}

/** What each contact has of the conversation: how many messages, the first and the last. */
export function Halves({ timeline }: { timeline: TimelineOf }) {
  const { cut, heldAt, total, messages, before } = timeline;
  const half = (side: SeparationSide): HalfView | null => {
    if (!cut) return null;
    if (heldAt === null) return cut[side];
    return side === before
      ? heldHalf(cut[side], heldAt, 'last', messages.get(heldAt - 1))
      : heldHalf(cut[side], total - heldAt, 'first', messages.get(heldAt));
  };
  const whole = (side: SeparationSide): number => (timeline.place === side ? total : 0);
  return (
    <div className={styles.halves}>
      {(['original', 'new'] as const).map((side) => (
        <Half key={side} side={side} half={half(side)} whole={whole(side)} />
      ))}
    </div>
  );
}

interface HalfProps {
  side: SeparationSide;
  half: HalfView | null;
  /** How many it has of a conversation that is not cut. */
  whole: number;
}

function Half({ side, half, whole }: HalfProps) {
  const { t } = useTranslation();
  const size = half?.count ?? whole;
  return (
    <div className={`${styles.half} ${styles[side]}`} data-testid={`half-${side}`}>
      <SideBadge side={side} />
      <span className={styles.size}>
        <strong data-testid={`half-${side}-count`}>{count(size)}</strong>{' '}
        {t('separation.messages', { count: size })}
      </span>
      {half && (
        <span className={styles.ends} data-selectable>
          <span>
            <b>{dayOf(half.firstAt)}</b> {half.first}
          </span>
          <span aria-hidden="true">…</span>
          <span>
            <b>{dayOf(half.lastAt)}</b> {half.last}
          </span>
        </span>
      )}
    </div>
  );
}
