import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SplitLine } from '../../ipc/bindings';
import { useEditor } from './EditorContext';
import styles from './FieldTable.module.css';
import { lineName } from './names';
import { SideValue } from './SideValue';

interface Props {
  id: string;
  line: SplitLine;
  current: boolean;
  index: number;
  onFocus: (index: number) => void;
}

/** A line: its name, what the original has, who gets it, and what the new contact has. */
export const FieldLine = memo(function FieldLine({ id, index, line, current, onFocus }: Props) {
  const { t } = useTranslation();
  const label = lineName(t, line);
  return (
    <li
      id={id}
      data-line
      tabIndex={-1}
      aria-label={label}
      className={`${styles.line} ${current ? styles.current : ''}`}
      onFocus={() => onFocus(index)}
      data-testid={`line-${line.path}`}
    >
      <span className={styles.label} title={line.now ?? undefined}>
        {label}
      </span>
      <SideValue line={line} side="original" />
      <Give line={line} />
      <SideValue line={line} side="new" />
    </li>
  );
});

/** Who has what the contact has now: one of them, or both. */
function Give({ line }: { line: SplitLine }) {
  const { t } = useTranslation();
  const { path, both, original, new: other } = line;
  const label = lineName(t, line);
  const editor = useEditor();
  const [has, otherHas] = [original.text !== '', other.text !== ''];
  const ways = [
    { way: 'original', on: has && !otherHas, testId: 'give-original', words: t('side.original.letter') },
    { way: 'both', on: has && original.text === other.text, testId: 'share', words: '=' },
    { way: 'new', on: otherHas && !has, testId: 'give-new', words: t('side.new.letter') },
  ] as const;
  return (
    <span className={styles.give}>
      {ways.map(({ way, on, testId, words }) =>
        way === 'both' && !both ? (
          <span key={way} className={styles.noShare} />
        ) : (
          <button
            key={way}
            type="button"
            className={`${styles.way} ${styles[way]}`}
            aria-pressed={on}
            aria-label={t(`separation.give.${way}`, { field: label })}
            title={t(`separation.give.${way}`, { field: label })}
            onClick={() =>
              editor.edit(way === 'both' ? { edit: 'share', path } : { edit: 'give', path, to: way })
            }
            data-testid={`${testId}-${path}`}
          >
            <span aria-hidden="true">{words}</span>
          </button>
        ),
      )}
    </span>
  );
}
