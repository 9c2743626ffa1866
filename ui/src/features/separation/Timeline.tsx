import { ArrowLeft, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildCard } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { count } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import { CutChips } from './CutChips';
import { Describe } from './Describe';
import { DividerActions } from './DividerActions';
import { useBoard, useBoardState } from './EditorContext';
import { FindBar } from './FindBar';
import { Halves } from './Halves';
import { MessageList } from './MessageList';
import styles from './Timeline.module.css';
import { useFind } from './useFind';
import { useTimeline } from './useTimeline';

/** Messages of a page of Alt+Page. */
const LEAP = 20;

/** A conversation from its first message to its last, in two inks, with the divider between them. */
export function Timeline({ card, onClose }: { card: ChildCard; onClose: () => void }) {
  const { t } = useTranslation();
  const board = useBoard();
  const mine = useBoardState((state) => state.zone === 'timeline');
  const timeline = useTimeline(card);
  /** The message the keys are for, and how often something jumped to it. */
  const [active, setActive] = useState({ index: 0, turn: 0 });
  const jump = (index: number) => setActive(({ turn }) => ({ index, turn: turn + 1 }));
  const find = useFind(card.id, jump);
  const { cut, total, known, refusal } = timeline;

  const off = cut ? undefined : t('separation.noDivider');
  useCommand('dividerUp', () => timeline.moveBy(-1), off);
  useCommand('dividerDown', () => timeline.moveBy(1), off);
  useCommand('dividerPageUp', () => timeline.moveBy(-LEAP), off);
  useCommand('dividerPageDown', () => timeline.moveBy(LEAP), off);
  const tooEarly = active.index === 0 ? t('separation.beforeFirst') : undefined;
  useCommand('divideHere', () => timeline.divideAt(active.index), tooEarly);
  useCommand('otherSide', mine && cut ? timeline.swap : null);

  return (
    <section
      className={styles.timeline}
      aria-labelledby="timeline-title"
      onFocus={() => board.set({ zone: 'timeline' })}
      data-testid="timeline"
    >
      <header className={styles.head}>
        <span className={styles.back}>
          <Button icon={<ArrowLeft />} onPress={onClose} data-testid="to-records">
            {t('separation.toRecords')}
          </Button>
        </span>
        <h2 id="timeline-title" className={styles.title}>
          <span className={styles.name}>{card.title}</span>
          <span className={styles.count}>
            {known && t('children.messages', { count: total, shown: count(total) })}
          </span>
        </h2>
        <FindBar find={find} />
        <DividerActions timeline={timeline} active={active.index} />
        <Button
          look="quiet"
          icon={<X />}
          label={t('separation.closeConversation')}
          command="escape"
          onPress={onClose}
          data-testid="close-timeline"
        />
      </header>
      <Halves timeline={timeline} />
      <CutChips timeline={timeline} onJump={jump} />
      {refusal && (
        <Failure
          refusal={refusal}
          actions={<Button onPress={() => timeline.look(0, 1)}>{t('again')}</Button>}
        />
      )}
      {known ? (
        <MessageList timeline={timeline} find={find} active={active} onActive={setActive} />
      ) : (
        !refusal && <Skeleton rows={5} />
      )}
      {cut && <Describe key={card.id} cut={cut} />}
    </section>
  );
}
