import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { useScroll } from '../../shared/list/useScroll';
import { useRem } from '../../shared/useRem';
import { Divider } from './Divider';
import { useBoardState } from './EditorContext';
import { MESSAGES } from './FindBar';
import { Message } from './Message';
import styles from './Timeline.module.css';
import { barTop, heightOf, messageAt, sight, type Thread, topOf } from './thread';
import { dayOf } from './times';
import type { Find } from './useFind';
import type { TimelineOf } from './useTimeline';

/** Heights in rem. */
const ROW = 3.4;
const BAR = 2.4;

/** From how many characters on a message may not fit in its row, and is shown in full below when the keys are on it. */
const LONG = 110;

/** Messages drawn beyond what is in sight. */
const BEYOND = 8;

interface Active {
  index: number;
  turn: number;
}

interface Props {
  timeline: TimelineOf;
  find: Find;
  active: Active;
  onActive: (active: Active) => void;
}

/** The messages, of which only those in sight are in the document, and the divider between two of them. */
export function MessageList({ timeline, find, active, onActive }: Props) {
  const { t } = useTranslation();
  const rem = useRem();
  const mine = useBoardState((state) => state.zone === 'timeline');
  const { total, cutIndex, look, messages, sideOf, heldAt } = timeline;
  const thread: Thread = { total, cut: cutIndex, row: Math.round(ROW * rem), bar: Math.round(BAR * rem) };
  const { scroller, top, height, onScroll } = useScroll();
  const [from, to] = sight(thread, top, height, BEYOND);
  useEffect(() => look(from, to), [look, from, to]);

  const show = (y: number, size: number, middle: boolean) => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight } = element;
    const inside = y >= scrollTop && y + size <= scrollTop + clientHeight;
    if (middle ? !inside : y < scrollTop) element.scrollTop = middle ? y - clientHeight / 3 : y;
    else if (!inside) element.scrollTop = y + size - clientHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something jumped, and not when rows changed.
  useLayoutEffect(() => {
    if (active.turn > 0) show(topOf(thread, active.index), thread.row, true);
  }, [active.turn]);
  // The divider stays in sight while keys move it; a pointer holds it itself.
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the divider moved.
  useLayoutEffect(() => {
    const opening = first.current;
    first.current = false;
    if (cutIndex === null || heldAt !== null) return;
    const margin = opening ? 0 : thread.row;
    show(Math.max(0, barTop(thread) - margin), thread.bar + 2 * margin, opening);
  }, [cutIndex]);
  useEffect(() => document.getElementById(MESSAGES)?.focus({ preventScroll: true }), []);

  const go = (wanted: number) => {
    const index = Math.min(total - 1, Math.max(0, wanted));
    onActive({ ...active, index });
    show(topOf(thread, index), thread.row, false);
  };
  const page = Math.max(1, Math.floor(height / thread.row) - 1);
  const when = (run: () => void) => (mine ? run : null);
  useCommand(
    'next',
    when(() => go(active.index + 1)),
  );
  useCommand(
    'previous',
    when(() => go(active.index - 1)),
  );
  useCommand(
    'pageDown',
    when(() => go(active.index + page)),
  );
  useCommand(
    'pageUp',
    when(() => go(active.index - page)),
  );
  useCommand(
    'first',
    when(() => go(0)),
  );
  useCommand(
    'last',
    when(() => go(total - 1)),
  );

  const finds = new Set(find.found?.positions);
  const inSight = active.index >= from && active.index < to && messages.has(active.index);
  const reading = messages.get(active.index);
  return (
    <>
      <div ref={scroller} className={styles.scroll} onScroll={onScroll} data-scroll>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the window's own commands. */}
        <div
          id={MESSAGES}
          role="listbox"
          aria-label={t('separation.messagesOf', { title: timeline.card.title })}
          aria-activedescendant={inSight ? `timeline-${active.index}` : undefined}
          tabIndex={0}
          className={styles.messages}
          style={{ height: heightOf(thread) }}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            onActive({ ...active, index: messageAt(thread, event.clientY - box.top) });
          }}
        >
          {Array.from({ length: to - from }, (_, i) => {
            const index = from + i;
            const message = messages.get(index);
            const place = { top: topOf(thread, index), height: thread.row };
            if (!message) return <div key={`hole-${index}`} className={styles.hole} style={place} />;
            return (
              <Message
                key={message.id}
                message={message}
                index={index}
                total={total}
                top={place.top}
                height={place.height}
                side={sideOf(index)}
                day={
                  dayOf(message.at) === dayOf(messages.get(index - 1)?.at ?? null) ? '' : dayOf(message.at)
                }
                active={index === active.index}
                marked={finds.has(index) ? (find.found?.text ?? '') : ''}
              />
            );
          })}
        </div>
        {cutIndex !== null && <Divider timeline={timeline} thread={thread} scroller={scroller} />}
      </div>
      {reading && reading.text.length > LONG && (
        <p className={styles.reading} data-testid="reading" data-selectable>
          {reading.text}
        </p>
      )}
    </>
  );
}
