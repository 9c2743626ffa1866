import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergePreview, ReviewView, SideName } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { SideBadge } from '../../shared/ui/SideBadge';
import { dropPicks, type Picks, pick } from './drafts';
import { FieldLine } from './FieldLine';
import styles from './FieldTable.module.css';
import { Person } from './Person';

interface Props {
  view: ReviewView;
  preview: MergePreview;
  picks: Picks;
  /** Whether the preview is behind the picks. */
  pending: boolean;
}

/** Every field of both, what becomes of it, and why; one of them is the current one for the keys. */
export function FieldTable({ view, preview, picks, pending }: Props) {
  const { t } = useTranslation();
  const { fields } = preview;
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      fields.findIndex((field) => field.choosable),
    ),
  );
  const table = useRef<HTMLDivElement>(null);

  const focus = (index: number) => {
    table.current?.querySelectorAll<HTMLElement>('[data-field]')[index]?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the review comes up.
  useEffect(() => focus(current), []);

  const go = (step: number) => {
    const next = Math.min(fields.length - 1, Math.max(0, current + step));
    setCurrent(next);
    focus(next);
  };
  const take = (index: number, side: SideName) => {
    const field = fields[index];
    if (field?.choosable) pick(view.reviewId, { [field.path]: side });
  };
  const takeAll = (side: SideName) => {
    const choosable = fields.filter((field) => field.choosable);
    pick(view.reviewId, Object.fromEntries(choosable.map((field) => [field.path, side])));
  };
  useCommand('next', () => go(1));
  useCommand('previous', () => go(-1));
  useCommand('nextField', () => go(1));
  useCommand('previousField', () => go(-1));
  useCommand('takeSource', () => take(current, 'source'));
  useCommand('takeCandidate', () => take(current, 'candidate'));
  useCommand('allSource', () => takeAll('source'));
  useCommand('allCandidate', () => takeAll('candidate'));
  const picked = Object.keys(picks).length > 0;
  useCommand('defaults', picked ? () => dropPicks(view.reviewId) : null);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of its own in narrow windows; the roles keep it a table.
    <div ref={table} role="table" aria-label={t('review.fields')} className={styles.table}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div role="rowgroup" className={styles.headGroup}>
        {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a row of headings. */}
        <div role="row" className={`${styles.row} ${styles.headRow}`}>
          <Heading label={t('review.field')} className={styles.corner} />
          <Heading>
            <Person side="source" person={view.source} />
          </Heading>
          <Heading>
            <Person side="candidate" person={view.candidate} survives />
          </Heading>
          <Heading>
            <span className={styles.resultHead}>
              <span className={styles.resultLabel}>{t('review.result')}</span>
              <span className={styles.resultName}>
                <SideBadge side="candidate" />
                {preview.survivorName}
              </span>
            </span>
          </Heading>
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <div role="rowgroup">
        {fields.map((field, index) => (
          <FieldLine
            key={field.path}
            field={field}
            picked={picks[field.path]}
            pending={pending}
            problems={preview.problems.filter((problem) => problem.field === field.path)}
            current={index === current}
            onFocus={() => setCurrent(index)}
            onTake={(side) => take(index, side)}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadingProps {
  children?: React.ReactNode;
  /** Only read out. */
  label?: string;
  className?: string;
}

function Heading({ children, label, className }: HeadingProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table.
    // biome-ignore lint/a11y/useFocusableInteractive: nothing is done with a heading.
    <div role="columnheader" className={`${styles.heading} ${className ?? ''}`}>
      {label && <span className="visually-hidden">{label}</span>}
      {children}
    </div>
  );
}
