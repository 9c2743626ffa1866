import { memo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import styles from './Board.module.css';
import { ColumnView } from './ColumnView';
import { useBoard, useBoardState, useShown } from './EditorContext';
import { COLUMNS } from './rows';
import screen from './Separation.module.css';
import { Tabs } from './Tabs';
import { useBoardDrag } from './useBoardDrag';
import { useBoardKeys } from './useBoardKeys';
import { useMove } from './useMove';

/** Every child record: what stays, what nobody has decided, and what moves. */
export const Board = memo(function Board() {
  const { t } = useTranslation();
  const shown = useShown();
  const board = useBoard();
  const tab = useBoardState((state) => state.tab);
  const held = useBoardState((state) => state.held);
  const holder = useRef<HTMLElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const onPress = useBoardDrag(holder, ghost);
  const { onKeyDown, onLeave } = useBoardKeys(shown);
  const { what } = useMove();
  return (
    <section
      ref={holder}
      className={`${styles.board} ${screen.board} ${held ? styles.holding : ''}`}
      aria-label={t('separation.recordsOf')}
      onKeyDown={onKeyDown}
      onFocus={() => board.set({ zone: 'cards' })}
      onPointerDownCapture={onLeave}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave();
      }}
      data-tab={tab}
    >
      <Tabs shown={shown} />
      <div className={styles.columns}>
        {COLUMNS.map((column) => (
          <ColumnView
            key={column}
            column={column}
            items={shown.columns[column]}
            total={shown.totals[column]}
            onPress={onPress}
          />
        ))}
      </div>
      {held?.by === 'pointer' &&
        // Outside of everything that could shift or clip it.
        createPortal(
          <div ref={ghost} className={styles.ghost} aria-hidden="true">
            {what(held.keys)}
          </div>,
          document.body,
        )}
    </section>
  );
});
