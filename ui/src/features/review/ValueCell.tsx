import { useTranslation } from 'react-i18next';
import type { SideName, ValueView } from '../../ipc/bindings';
import styles from './FieldTable.module.css';

interface Props {
  side: SideName;
  value: ValueView;
  /** The field's name, for the one who only hears the button. */
  name: string;
  path: string;
  choosable: boolean;
  chosen: boolean;
  onTake: () => void;
}

/** One side's value; where there is a choice, the whole cell takes it. */
export function ValueCell({ side, value, name, path, choosable, chosen, onTake }: Props) {
  const { t } = useTranslation();
  const content = (
    <>
      {choosable && <span className={styles.radio} aria-hidden="true" />}
      <Value value={value} />
    </>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table.
    <div role="cell" className={styles.cell}>
      {choosable ? (
        <button
          type="button"
          className={`${styles.pick} ${styles[side]} ${chosen ? styles.chosen : ''}`}
          aria-pressed={chosen}
          aria-label={t('review.take', {
            field: name,
            side: t(`side.${side}.name`),
            value: value.segments.map((segment) => segment.text).join('') || t('review.missing'),
          })}
          onClick={onTake}
          data-testid={`pick-${path}-${side}`}
        >
          {content}
        </button>
      ) : (
        <span className={styles.fixed} data-selectable>
          {content}
        </span>
      )}
    </div>
  );
}

function Value({ value: { segments, was } }: { value: ValueView }) {
  const { t } = useTranslation();
  return (
    <span className={styles.value}>
      {segments.length === 0 ? (
        <span className={styles.missing}>{t('review.missing')}</span>
      ) : (
        <span>
          {segments.map(({ text, differs }, i) =>
            differs ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs of one value have no other name.
              <mark key={i} className={segments.length === 1 ? styles.whole : undefined}>
                {text}
              </mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <span key={i}>{text}</span>
            ),
          )}
        </span>
      )}
      {was !== null && (
        <span className={styles.was}>{t('review.was', { was: was || t('review.missing') })}</span>
      )}
    </span>
  );
}
