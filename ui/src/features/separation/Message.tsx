import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView, SeparationSide } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Timeline.module.css';
import { clockOf } from './times';

interface Props {
  message: MessageView;
  index: number;
  total: number;
  top: number;
  height: number;
  /** Whose it is; nobody's while the conversation is undecided. */
  side: SeparationSide | null;
  /** The day, where it is another than that of the message before. */
  day: string;
  active: boolean;
  /** What is looked for and found in it. */
  marked: string;
}

/** A message in the ink of its side: colour, pattern and letter. */
export const Message = memo(function Message(props: Props) {
  const { message, index, total, top, height, side, day, active, marked } = props;
  const { t } = useTranslation();
  const { id, at, inbound, text } = message;
  const Arrow = inbound ? ArrowDownLeft : ArrowUpRight;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active option.
    <div
      id={`timeline-${index}`}
      role="option"
      aria-selected={active}
      aria-setsize={total}
      aria-posinset={index + 1}
      className={[
        styles.message,
        side && styles[side],
        active && styles.active,
        day && styles.newDay,
        inbound === false && styles.ours,
      ]
        .filter(Boolean)
        .join(' ')}
      style={{ top, height }}
      data-testid={`message-${id}`}
    >
      <span className={styles.when}>
        {day && <span className={styles.day}>{day}</span>}
        <span>{clockOf(at)}</span>
      </span>
      {inbound === null ? (
        <span />
      ) : (
        <Arrow
          aria-label={t(inbound ? 'separation.inbound' : 'separation.outbound')}
          className={styles.way}
        />
      )}
      <span className={styles.text} title={text} data-selectable>
        {marked ? <Marked text={text} word={marked} /> : text}
      </span>
      <span className={styles.position}>{count(index + 1)}</span>
      <span className={styles.letter}>{side && <SideBadge side={side} />}</span>
    </div>
  );
});

/** A text with every occurrence of a word marked, whatever its capitals. */
function Marked({ text, word }: { text: string; word: string }) {
  const [small, wanted] = [text.toLowerCase(), word.trim().toLowerCase()];
  const at = wanted === '' || small.length !== text.length ? -1 : small.indexOf(wanted);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      <Marked text={text.slice(at + wanted.length)} word={word} />
    </>
  );
}
