import { GripHorizontal } from 'lucide-react';
import { type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce/announce';
import { createAutoscroll } from '../../shared/drag/autoscroll';
import { followPress } from '../../shared/drag/sensor';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import { usePlan, useView } from './EditorContext';
import { nameOf, other } from './names';
import styles from './Timeline.module.css';
import { barTop, cutAt, type Thread } from './thread';
import type { TimelineOf } from './useTimeline';

/** How long it rests before it is said where it is, in milliseconds. */
const REST = 500;

interface Props {
  timeline: TimelineOf;
  thread: Thread;
  scroller: RefObject<HTMLDivElement | null>;
}

/** The divider: a bar with a grip between two messages. Everything above is one contact's, everything below the other's. */
export function Divider({ timeline, thread, scroller }: Props) {
  const { t } = useTranslation();
  const view = useView();
  const { lines } = usePlan().state;
  const { before, cutIndex, total, heldAt, setHeldAt } = timeline;
  const latest = useRef({ thread, timeline });
  useEffect(() => {
    latest.current = { thread, timeline };
  });
  const held = useRef<{ y: number; index: number } | null>(null);

  const index = cutIndex ?? 1;
  const name = (side: 'original' | 'new') =>
    nameOf(lines, side) || (side === 'original' ? view.name : t('side.new.name'));
  const after = other(before);
  const words = t('separation.dividerAt', {
    before: count(index),
    after: count(total - index),
    who: name(before),
    other: name(after),
  });
  // Said once it rests: moved by keys from the messages, nothing else would tell where it is.
  const said = useRef(words);
  useEffect(() => {
    if (heldAt !== null || said.current === words) return;
    const timer = setTimeout(() => {
      said.current = words;
      announce(words);
    }, REST);
    return () => clearTimeout(timer);
  }, [words, heldAt]);

  const drag = useMemo(() => {
    const follow = (y: number): void => {
      const element = scroller.current;
      if (!element) return;
      const inside = y - element.getBoundingClientRect().top + element.scrollTop;
      const index = cutAt(latest.current.thread, inside);
      held.current = { y, index };
      setHeldAt(index);
    };
    const autoscroll = createAutoscroll(() => held.current && follow(held.current.y));
    const end = (): void => {
      autoscroll.stop();
      held.current = null;
      setHeldAt(null);
    };
    let giveUp = (): void => {};
    return {
      start(event: PointerEvent): void {
        const element = scroller.current;
        if (!element) return;
        giveUp = followPress(event.nativeEvent, element, {
          onStart: ({ y }) => follow(y),
          onMove({ y }) {
            follow(y);
            autoscroll.hold(element, y);
          },
          onDrop() {
            const index = held.current?.index;
            const { timeline: now } = latest.current;
            end();
            if (index !== undefined && index !== now.cut?.index) now.divideAt(index);
          },
          onCancel: end,
        });
      },
      stop(): void {
        giveUp();
        autoscroll.stop();
      },
    };
  }, [scroller, setHeldAt]);
  useEffect(() => drag.stop, [drag]);

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('separation.divider')}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, total - 1)}
      aria-valuenow={index}
      aria-valuetext={words}
      className={`${styles.divider} ${heldAt === null ? '' : styles.heldBar}`}
      style={{ top: barTop(thread), height: thread.bar }}
      onPointerDown={drag.start}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1, PageUp: -20, PageDown: 20 }[event.key];
        if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        timeline.moveBy(by);
      }}
      data-testid="divider"
    >
      <SideBadge side={before} />
      <span className={styles.up} aria-hidden="true">
        ↑ {count(index)}
      </span>
      <GripHorizontal aria-hidden="true" className={styles.grip} />
      <span className={styles.words} aria-hidden="true">
        {t('separation.fromHere', { name: name(after) })}
      </span>
      <span className={styles.up} aria-hidden="true">
        ↓ {count(total - index)}
      </span>
      <SideBadge side={after} />
    </div>
  );
}
