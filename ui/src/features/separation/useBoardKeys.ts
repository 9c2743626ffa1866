import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce/announce';
import { useCommand } from '../../shared/keys/useCommand';
import { beside } from './board';
import { useBoard, useBoardState, usePlanPart } from './EditorContext';
import type { Column, Shown } from './rows';
import { useMove } from './useMove';

/** Keys of the cards: where they go, what is selected, and a drag without a pointer. */
export function useBoardKeys(shown: Shown) {
  const { t } = useTranslation();
  const board = useBoard();
  const places = usePlanPart((plan) => plan.places);
  const mine = useBoardState((state) => state.zone === 'cards');
  const { move, what, where } = useMove();

  /** The card the keys are for: the first, if none was yet. */
  const current = (): { column: Column; index: number; key: string } | null => {
    const { column, active } = board.store.getState();
    const items = shown.columns[column];
    const index = Math.max(
      0,
      items.findIndex((item) => item.key === active[column]),
    );
    const item = items[index];
    return item ? { column, index, key: item.key } : null;
  };
  const go = (to: (index: number, last: number) => number) => {
    const at = current();
    if (!at) return;
    const items = shown.columns[at.column];
    const next = items[Math.min(items.length - 1, Math.max(0, to(at.index, items.length - 1)))];
    if (next) board.focus(at.column, next.key);
  };
  const send = (to: Column) => {
    const at = current();
    if (at) move(board.about(at.key), to);
  };
  const when = (run: () => void) => (mine ? run : null);
  useCommand(
    'next',
    when(() => go((index) => index + 1)),
  );
  useCommand(
    'previous',
    when(() => go((index) => index - 1)),
  );
  useCommand(
    'pageDown',
    when(() => go((index) => index + 8)),
  );
  useCommand(
    'pageUp',
    when(() => go((index) => index - 8)),
  );
  useCommand(
    'first',
    when(() => go(() => 0)),
  );
  useCommand(
    'last',
    when(() => go((_, last) => last)),
  );
  useCommand(
    'toOriginal',
    when(() => send('original')),
  );
  useCommand(
    'toNew',
    when(() => send('new')),
  );
  useCommand(
    'toUndecided',
    when(() => send('undecided')),
  );
  const toOther = () => {
    const at = current();
    if (at) send(places.get(at.key) === 'new' ? 'original' : 'new');
  };
  useCommand('otherSide', when(toOther));
  useCommand(
    'select',
    when(() => {
      const at = current();
      if (at) board.toggle(at.key);
    }),
  );
  useCommand(
    'selectAll',
    when(() => board.selectAll(shown.columns[board.store.getState().column].map((item) => item.key))),
  );
  useCommand(
    'open',
    when(() => {
      const at = current();
      const item = at && shown.columns[at.column][at.index];
      if (item?.card.readable) board.set({ conversation: item.card.id });
      else if (item?.suggestion) board.expand(item.key);
    }),
  );

  const lift = () => {
    const at = current();
    if (!at) return;
    const keys = board.about(at.key);
    board.set({ held: { keys, over: at.column, by: 'key' } });
    announce(t('separation.said.lifted', { what: what(keys), where: where(at.column) }));
  };
  const put = (drop: boolean) => {
    const { held } = board.store.getState();
    board.set({ held: null });
    if (!held) return;
    if (drop && held.over) move(held.keys, held.over);
    else announce(t('separation.said.cancelled', { what: what(held.keys) }));
  };
  /** What a card does with a key before the window's own keys see it. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const { held, column } = board.store.getState();
    const onCard = event.target instanceof Element && event.target.hasAttribute('data-card');
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (held?.by === 'key') {
      const over = step && held.over ? beside(held.over, step) : held.over;
      if (step && over) {
        board.set({ held: { ...held, over } });
        announce(t('separation.said.over', { where: where(over) }));
      } else if (event.key === ' ' || event.key === 'Enter') put(true);
      else if (event.key === 'Escape' || event.key === 'Tab') put(false);
      // Nothing else is done while something is held.
      if (event.key !== 'Tab') event.preventDefault();
      return;
    }
    if (!onCard) return;
    if (event.key === ' ') lift();
    else if (step) {
      const to = beside(column, step);
      board.focus(to, board.store.getState().active[to]);
    } else return;
    event.preventDefault();
  };
  /** The focus or the pointer went elsewhere: what was held stays where it was. */
  const onLeave = () => {
    if (board.store.getState().held?.by === 'key') put(false);
  };
  return { onKeyDown, onLeave };
}
