import { useTranslation } from 'react-i18next';
import type { SeparationSide, SplitLine } from '../../ipc/bindings';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { useEditor, useEditorState, useView } from './EditorContext';
import styles from './FieldTable.module.css';
import { lineName } from './names';
import { OptionsMenu } from './OptionsMenu';
import { placeOf } from './typing';

interface Props {
  line: SplitLine;
  side: SeparationSide;
}

/** What one contact has in a line afterwards: edited in place where it can be, with what is wrong with it below. */
export function SideValue({ line, side }: Props) {
  const { t } = useTranslation();
  const { path } = line;
  const { shown, text, serverDecides } = line[side];
  const { entry } = useView();
  // Where the server refused an earlier sending of this plan, in its own words.
  const refused = entry?.refusedAt === `${path}.${side}` ? [{ message: entry.reason, blocking: false }] : [];
  const problems = [...line[side].problems, ...refused];
  const id = `separation-${path}-${side}`;
  return (
    <div className={`${styles.value} ${styles[side]} ${text === '' ? styles.nothing : ''}`}>
      {line.editable ? (
        <Edited line={line} side={side} describedBy={problems.length > 0 ? `${id}-problems` : undefined} />
      ) : (
        <span className={styles.fixed} data-testid={`line-${path}-${side}`} data-selectable>
          {shown || text || (serverDecides ? '' : <Nothing />)}
        </span>
      )}
      {serverDecides && <span className={styles.server}>{t('separation.serverDecides')}</span>}
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className={styles.problems}>
          {problems.map(({ message, blocking }) => (
            <li
              key={message}
              className={blocking ? styles.error : styles.warning}
              data-testid={`${blocking ? 'problem' : 'warning'}-${path}-${side}`}
            >
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Edited({ line, side, describedBy }: Props & { describedBy: string | undefined }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const { path, options } = line;
  const label = lineName(t, line);
  const { text, shown, problems } = line[side];
  const typed = useEditorState((state) => state.typed[placeOf(path, side)]);
  const readOnly = useReadOnly() !== null;
  const wrong = problems.some((problem) => problem.blocking);
  return (
    <span className={styles.edit}>
      <input
        className={styles.input}
        aria-label={t('separation.valueOf', { field: label, side: t(`side.${side}.name`) })}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        value={typed ?? text}
        readOnly={readOnly}
        placeholder="—"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => editor.type(path, side, event.target.value)}
        onBlur={editor.flush}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          if (event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.closest<HTMLElement>('[data-line]')?.focus();
        }}
        data-testid={`line-${path}-${side}`}
      />
      {typed === undefined && shown !== text && shown !== '' && (
        <span className={styles.shown} title={t('separation.readsAs')}>
          {shown}
        </span>
      )}
      {options.length > 0 && (
        <OptionsMenu
          label={t('separation.options', { field: label, side: t(`side.${side}.name`) })}
          options={options}
          onPick={(picked) => editor.edit({ edit: 'set', path, side, text: picked })}
          testId={`options-${path}-${side}`}
        />
      )}
    </span>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{t('separation.nothing')}</span>
    </>
  );
}
