import { useTranslation } from 'react-i18next';
import type { ChildRef } from '../../ipc/bindings';
import { announce } from '../../shared/announce/announce';
import { useBoard, useEditor } from './EditorContext';
import { keyOf } from './merge';
import type { Column } from './rows';

/** Words and acts for records that go to another place together. */
export function useMove() {
  const { t } = useTranslation();
  const editor = useEditor();
  const board = useBoard();
  // Asked for when something moves: every card has these acts, and none must be drawn anew by what another does.
  const now = () => {
    const { view, plan } = editor.store.getState();
    return { cards: view?.cards ?? [], places: plan?.places };
  };

  const refs = (keys: readonly string[]): ChildRef[] => {
    const wanted = new Set(keys);
    return now()
      .cards.filter((card) => wanted.has(keyOf(card)))
      .map(({ kind, id }) => ({ kind, id }));
  };
  /** "SMS +1 416 555 0100", or "3 records". */
  const what = (keys: readonly string[]): string => {
    const title = keys.length === 1 ? now().cards.find((card) => keyOf(card) === keys[0])?.title : undefined;
    return title ?? t('separation.records', { count: keys.length, shown: keys.length });
  };
  const where = (column: Column): string => t(`separation.column.${column}`);
  /** Moves those that are not there already, and says so. */
  const move = (keys: readonly string[], to: Column): void => {
    const { places } = now();
    const moving = keys.filter((key) => places?.get(key) !== to);
    if (moving.length === 0) {
      announce(t('separation.said.there', { what: what(keys), where: where(to) }));
      return;
    }
    editor.edit({ edit: 'assign', children: refs(moving), to });
    board.clear();
    announce(t('separation.said.moved', { what: what(moving), where: where(to) }));
  };
  return { move, refs, what, where };
}
