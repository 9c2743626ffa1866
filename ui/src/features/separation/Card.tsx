import { Bell, GraduationCap, MessageSquare, NotebookText, PanelBottomOpen, Send } from 'lucide-react';
import { memo, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildKind } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { Ago } from '../../shared/ui/Ago';
import styles from './Card.module.css';
import { CardButtons } from './CardButtons';
import { CutBadge } from './CutBadge';
import { useBoard, useBoardState } from './EditorContext';
import { Proposal } from './Proposal';
import type { Column, Item } from './rows';

const ICONS: Partial<Record<ChildKind, typeof Bell>> = {
  conversation: MessageSquare,
  application: Send,
  note: NotebookText,
  reminder: Bell,
  trainingSnapshot: GraduationCap,
};

/** What the board says of a card. */
const [SELECTED, HELD, OPENED] = [1, 2, 4];

interface Props {
  item: Item;
  column: Column;
  top: number;
  height: number;
  position: number;
  /** The one card of its column that Tab comes to. */
  tabbable: boolean;
  onPress: (event: PointerEvent, key: string) => void;
  onActive: (key: string) => void;
}

/** A child record: what it is, how much, when; what is proposed for it; and where it can go. */
export const Card = memo(function Card(props: Props) {
  const { item, column, top, height, position, tabbable, onPress, onActive } = props;
  const { t } = useTranslation();
  const board = useBoard();
  const { key, card, suggestion, cut, problems } = item;
  // One subscription and not three: a list that scrolls makes and drops cards all the time.
  const marks = useBoardState(
    (state) =>
      (state.selected.has(key) ? SELECTED : 0) |
      (state.held?.keys.includes(key) ? HELD : 0) |
      (state.conversation === card.id ? OPENED : 0),
  );
  const selected = (marks & SELECTED) !== 0;
  const Icon = ICONS[card.kind] ?? NotebookText;
  const open = () => board.set({ conversation: card.id });
  // A card that is cut is on both sides; tests find its new half by another name.
  const testId = cut && column === 'new' ? `cut-${card.id}-new` : `card-${card.kind}-${card.id}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the column.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the window's own commands.
    <div
      role="row"
      data-card
      tabIndex={tabbable ? 0 : -1}
      aria-rowindex={position}
      aria-selected={selected}
      className={[
        styles.card,
        selected && styles.selected,
        marks & HELD && styles.held,
        marks & OPENED && styles.opened,
      ]
        .filter(Boolean)
        .join(' ')}
      style={{ top, height }}
      onPointerDown={(event) => onPress(event, key)}
      // A press by a screen reader comes as a click without a pointer.
      onClick={(event) => event.detail === 0 && event.target === event.currentTarget && board.only(key)}
      onDoubleClick={() => card.readable && open()}
      onFocus={() => onActive(key)}
      data-testid={testId}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the column. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus. */}
      <div role="gridcell" className={styles.inside}>
        <Icon aria-hidden="true" className={styles.icon} />
        <span className={styles.title} title={card.title}>
          {card.title}
        </span>
        <span className={styles.facts}>
          {card.messages !== null && (
            <span title={t('children.messages', { count: card.messages })}>
              {count(card.messages)}
              <span className="visually-hidden"> {t('separation.messages', { count: card.messages })}</span>
            </span>
          )}
          {card.at && <Ago time={card.at} short />}
        </span>
        <span className={styles.detail} title={card.detail}>
          {card.detail || t(`separation.kind.${card.kind}`)}
        </span>
        <span className={styles.buttons}>
          {card.readable && (
            <button
              type="button"
              tabIndex={tabbable ? 0 : -1}
              className={styles.button}
              aria-label={t('separation.openConversation', { title: card.title })}
              title={t('separation.openConversation', { title: card.title })}
              onClick={open}
              data-testid={`open-conversation-${card.id}`}
            >
              <PanelBottomOpen aria-hidden="true" />
            </button>
          )}
          <CardButtons item={item} column={column} tabbable={tabbable} />
        </span>
        {cut ? (
          <CutBadge conversationId={card.id} />
        ) : (
          suggestion && <Proposal item={item} column={column} tabbable={tabbable} />
        )}
        {problems.map(({ message, blocking }) => (
          <span
            key={message}
            className={`${styles.third} ${blocking ? styles.error : styles.warning}`}
            title={message}
            data-testid={`${blocking ? 'problem' : 'warning'}-${card.kind}-${card.id}`}
          >
            <span className={styles.why}>{message}</span>
          </span>
        ))}
      </div>
    </div>
  );
});
