import { useTranslation } from 'react-i18next';
import styles from './Card.module.css';
import { useBoard } from './EditorContext';
import { COLUMNS, type Column, type Item } from './rows';
import { useMove } from './useMove';

interface Props {
  item: Item;
  column: Column;
  tabbable: boolean;
}

/** The places a card is not in, each a button. */
export function CardButtons({ item: { key, card }, column, tabbable }: Props) {
  const { t } = useTranslation();
  const board = useBoard();
  const { move, where } = useMove();
  const letters = { original: t('side.original.letter'), undecided: '?', new: t('side.new.letter') };
  return COLUMNS.filter((each) => each !== column).map((each) => {
    const label = t('separation.moveTo', { what: card.title, where: where(each) });
    return (
      <button
        key={each}
        type="button"
        tabIndex={tabbable ? 0 : -1}
        className={`${styles.button} ${styles[each]}`}
        aria-label={label}
        title={label}
        onClick={() => move(board.about(key), each)}
        data-testid={`move-${each}-${card.kind}-${card.id}`}
      >
        <span aria-hidden="true">{letters[each]}</span>
      </button>
    );
  });
}
