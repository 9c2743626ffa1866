import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeparationSide } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { prefer, usePreferences } from '../../shared/preferences';
import { useBoard, useBoardState, useEditor, usePlanPart } from './EditorContext';
import { FieldLine } from './FieldLine';
import styles from './FieldTable.module.css';
import { PersonHead } from './PersonHead';
import { lineId } from './useGo';

/** Every value of the contact, line by line: what the original has afterwards, and what the new one has. */
export const FieldTable = memo(function FieldTable() {
  const { t } = useTranslation();
  const editor = useEditor();
  const board = useBoard();
  const lines = usePlanPart(({ state }) => state.lines);
  const mine = useBoardState((state) => state.zone === 'lines');
  const [current, setCurrent] = useState(0);
  // Messages need the room; whoever wants both opens it again, for as long as they are open.
  const reading = useBoardState((state) => state.conversation);
  const [openBeside, setOpenBeside] = useState<string | null>(null);
  const folded = usePreferences((preferences) => preferences.fieldsFolded);
  const open = reading === null ? !folded : openBeside === reading;
  const setOpen = (now: boolean) =>
    reading === null ? prefer({ fieldsFolded: !now }) : setOpenBeside(now ? reading : null);
  const list = useRef<HTMLOListElement>(null);

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
  const go = (index: number) => rows()[Math.min(lines.length - 1, Math.max(0, index))]?.focus();
  /** To the present line first, if the keys were elsewhere. */
  const step = (by: number) => {
    if (open) go(mine ? current + by : current);
    else setOpen(true);
  };
  const line = lines[current];
  const give = (to: SeparationSide) => line && editor.edit({ edit: 'give', path: line.path, to });
  const share = () => line?.both && editor.edit({ edit: 'share', path: line.path });
  const edit = () => rows()[current]?.querySelector('input')?.focus();

  useCommand('nextField', () => step(1));
  useCommand('previousField', () => step(-1));
  useCommand('next', mine ? () => step(1) : null);
  useCommand('previous', mine ? () => step(-1) : null);
  useCommand('toOriginal', mine ? () => give('original') : null);
  useCommand('toNew', mine ? () => give('new') : null);
  useCommand('toBoth', mine ? share : null);
  useCommand('open', mine ? edit : null);

  const problems = lines.reduce(
    (sum, each) => sum + each.original.problems.length + each.new.problems.length,
    0,
  );
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section className={`${styles.fields} ${open ? '' : styles.closed}`} aria-label={t('separation.fields')}>
      <div className={styles.heads}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="fold-fields"
        >
          <Chevron aria-hidden="true" />
          {t('separation.fields')}
          {problems > 0 && (
            <span className={styles.wrong}>{t('separation.problems', { count: problems })}</span>
          )}
        </button>
        <PersonHead side="original" />
        <PersonHead side="new" />
      </div>
      {open && (
        <ol
          ref={list}
          className={styles.lines}
          onFocus={() => board.set({ zone: 'lines' })}
          aria-label={t('separation.fields')}
        >
          {lines.map((each, index) => (
            <FieldLine
              key={each.path}
              id={lineId(each.path)}
              line={each}
              current={mine && index === current}
              index={index}
              onFocus={setCurrent}
            />
          ))}
        </ol>
      )}
    </section>
  );
});
