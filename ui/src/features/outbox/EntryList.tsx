import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeedCommands } from '../../shared/entry/useDeedCommands';
import type { Deeds } from '../../shared/entry/useDeeds';
import { isOtherwise } from '../../shared/entryWords';
import { useCommand } from '../../shared/keys/useCommand';
import { useHeights } from '../../shared/list/useHeights';
import { useScroll } from '../../shared/list/useScroll';
import { scrollTo, windowOf } from '../../shared/list/windowing';
import { count } from '../../shared/numbers';
import { useRem } from '../../shared/useRem';
import { EntryItem } from './EntryItem';
import { type Line, SECTIONS } from './lines';
import styles from './Outbox.module.css';
import { goTo, quietly, usePlace } from './place';
import type { Selection } from './useSelection';

const LIST = 'outbox-list';

/** Heights in rem before a line was drawn. */
const HEIGHT = { head: 2.9, entry: 4.2 };

/** Lines drawn beyond what is in sight. */
const BEYOND = 8;

const heads: readonly string[] = SECTIONS;

/** Brings the keyboard to the decision it was on. */
export function focusEntries(): void {
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>(`#${LIST} [data-entry][data-current]`)
      ?.focus({ preventScroll: true });
  });
}

interface Props {
  lines: Line[];
  deeds: Deeds;
  selection: Selection;
  onJump: (opId: string) => void;
}

/** Decisions of any number: only those in sight are in the document. The keys are on one of them. */
export function EntryList({ lines, deeds, selection, onJump }: Props) {
  const { t } = useTranslation();
  const rem = useRem();
  const wanted = usePlace((place) => place.current);
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set());
  const { scroller, top, height, onScroll } = useScroll();
  const keys = useMemo(() => lines.map(({ key }) => key), [lines]);
  const estimate = useCallback(
    (key: string) => Math.round((heads.includes(key) ? HEIGHT.head : HEIGHT.entry) * rem),
    [rem],
  );
  const { offsets, watch } = useHeights(keys, estimate, scroller);
  const entries = useMemo(() => lines.flatMap((line) => ('entry' in line ? line : [])), [lines]);
  const found = entries.findIndex(({ key }) => key === wanted);
  const before = useRef(0);
  // Where the one that the keys were on has left, its neighbour stands in its place.
  const at = found >= 0 ? found : Math.min(before.current, Math.max(0, entries.length - 1));
  const current = entries[at];
  const index = current ? keys.indexOf(current.key) : 0;
  const [from, to] = windowOf(offsets, top, height, BEYOND);
  // The one the keys are on stays in the document, or the focus would be lost with it.
  const drawn = index >= from && index < to ? [] : [index];
  const shown = [...Array.from({ length: to - from }, (_, i) => from + i), ...drawn];

  useLayoutEffect(() => {
    before.current = at;
  }, [at]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown first has the keys, and nothing that comes later.
  useLayoutEffect(() => {
    if (found < 0) goTo(current?.key ?? null);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the keys moved, and not when a height changed.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const to = at === 0 ? 0 : scrollTo(offsets, index, element.scrollTop, element.clientHeight);
    if (to !== element.scrollTop) element.scrollTop = to;
    // Whoever is typing a search keeps the focus, and so does a button of the decision itself.
    const row = element.querySelector<HTMLElement>('[data-current]');
    const held = document.activeElement;
    const ours = held === document.body || element.contains(held);
    if (!row || !ours || row.contains(held)) return;
    const focus = () => row.focus({ preventScroll: true });
    if (found < 0) quietly(focus);
    else focus();
  }, [current?.key]);
  const go = (to: number) => goTo(entries[Math.min(entries.length - 1, Math.max(0, to))]?.key ?? null);
  const step = Math.max(1, Math.floor(height / estimate('')) - 1);
  const fold = useCallback((opId: string) => {
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(opId)) next.add(opId);
      return next;
    });
  }, []);
  useCommand('next', () => go(found < 0 ? at : at + 1));
  useCommand('previous', () => go(at - 1));
  useCommand('pageDown', () => go(at + step));
  useCommand('pageUp', () => go(at - step));
  useCommand('first', () => go(0));
  useCommand('last', () => go(entries.length - 1));
  useCommand('open', current ? () => fold(current.key) : null);
  useCommand('selectEntry', current ? () => selection.toggle(current.key) : null);
  useDeedCommands(current?.entry, deeds.act, found < 0 ? t('outbox.off.moved') : undefined);

  return (
    <div ref={scroller} className={`${styles.list} own-scrollbar`} onScroll={onScroll}>
      <ul
        id={LIST}
        className={styles.lines}
        aria-label={t('outbox.title')}
        style={{ height: offsets.at(-1) ?? 0 }}
      >
        {shown.map((n) => {
          const line = lines[n];
          if (!line) return null;
          const place = { top: offsets[n] ?? 0 };
          if (!('entry' in line)) {
            return (
              <li key={line.key} ref={watch} data-key={line.key} className={styles.section} style={place}>
                <h2>{t(`outbox.section.${line.section}`)}</h2>
                <span className={styles.number}>{count(line.count)}</span>
              </li>
            );
          }
          const { entry, key } = line;
          return (
            <EntryItem
              key={key}
              entry={entry}
              place={place.top}
              watch={watch}
              current={key === current?.key}
              unfolded={folded.has(key) !== isOtherwise(entry)}
              selected={selection.ids.has(key)}
              selecting={selection.ids.size > 0}
              busy={deeds.busy.has(key)}
              refusal={deeds.refusals.get(key) ?? null}
              act={deeds.act}
              onFold={fold}
              onSelect={selection.toggle}
              onJump={onJump}
            />
          );
        })}
      </ul>
    </div>
  );
}
