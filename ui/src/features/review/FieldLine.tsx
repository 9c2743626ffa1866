import { Equal, EqualApproximately, EqualNot, Minus, SquareSplitHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FieldRow, FieldSameness, Problem, SideName } from '../../ipc/bindings';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './FieldTable.module.css';
import { ValueCell } from './ValueCell';

const MARKS: Record<FieldSameness, typeof Equal> = {
  equal: Equal,
  equalNormalised: EqualApproximately,
  different: EqualNot,
  onlySource: SquareSplitHorizontal,
  onlyCandidate: SquareSplitHorizontal,
  bothMissing: Minus,
};

interface Props {
  field: FieldRow;
  /** The admin's own pick; it shows at once, before the preview has caught up. */
  picked: SideName | undefined;
  pending: boolean;
  problems: Problem[];
  current: boolean;
  onFocus: () => void;
  onTake: (side: SideName) => void;
}

/** A field: how the two relate, both values, and the result with its reason. */
export function FieldLine({ field, picked, pending, problems, current, onFocus, onTake }: Props) {
  const { t } = useTranslation();
  const Mark = MARKS[field.sameness];
  const name = fieldName(t, field.path);
  const choice = picked ?? field.choice;
  const behind = pending && picked !== undefined && picked !== field.choice;
  const cell = (side: SideName) => (
    <ValueCell
      side={side}
      value={field[side]}
      name={name}
      path={field.path}
      choosable={field.choosable}
      chosen={field.choosable && choice === side}
      onTake={() => onTake(side)}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table.
    <div
      role="row"
      data-field
      tabIndex={-1}
      className={`${styles.row} ${styles[field.sameness]} ${current ? styles.current : ''}`}
      onFocus={onFocus}
      data-testid={`field-${field.path}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the table. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus. */}
      <div role="rowheader" className={styles.name}>
        <span className={styles.mark} title={t(`sameness.${field.sameness}`)}>
          <Mark aria-hidden="true" />
          <span className="visually-hidden">{t(`sameness.${field.sameness}`)}</span>
        </span>
        <span className={styles.label}>{name}</span>
      </div>
      {cell('source')}
      {cell('candidate')}
      {/* biome-ignore lint/a11y/useSemanticElements: see the table. */}
      <div
        role="cell"
        className={`${styles.result} ${behind ? styles.behind : ''}`}
        data-testid={`result-${field.path}`}
        data-selectable
      >
        <span className={styles.resultValue}>{field.result ?? <Missing />}</span>
        <span className={styles.reason}>{reason(t, field)}</span>
        {problems.map((problem) => (
          <span key={problem.message} className={styles.problem} data-testid="error">
            {problem.message}
          </span>
        ))}
      </div>
    </div>
  );
}

function Missing() {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{t('review.missing')}</span>
    </>
  );
}

function reason(t: ReturnType<typeof useTranslation>['t'], field: FieldRow): string {
  const why = field.reason;
  if (why.kind === 'rule')
    return t('reason.rule', { rule: t(`rule.${why.rule}`, { defaultValue: why.rule }) });
  if (why.kind === 'equal' && field.sameness === 'equalNormalised') return t('reason.equalNormalised');
  return t(`reason.${why.kind}`);
}
