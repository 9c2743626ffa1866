import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewView } from '../../ipc/bindings';
import { CommitActions } from '../../shared/ui/CommitActions';
import { NoteField } from '../../shared/ui/NoteField';
import { Notice } from '../../shared/ui/Notice';
import { Sheet } from '../../shared/ui/Sheet';
import { SideBadge } from '../../shared/ui/SideBadge';
import { useApart } from './apart';
import { asList, type Picks } from './drafts';
import { SheetRefusal } from './SheetRefusal';
import styles from './Sheets.module.css';
import { useCommit } from './useCommit';
import type { Previewed } from './usePreview';

interface Props {
  view: ReviewView;
  /** What these picks would do; nothing can be confirmed before it is here. */
  previewed: Previewed;
  picks: Picks;
  /** What was noted before. */
  note: string;
  onClose: () => void;
  onDecided: () => void;
  onShowAgain: () => void;
}

/** Says in words what a merge does, and saves it. */
export function MergeSheet({ view, previewed, picks, note: noted, onClose, onDecided, onShowAgain }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState(noted);
  const { survivorName, moving, cascades, problems } = previewed.preview;
  const apart = useApart(view);
  const said = t('decided.merge', { source: view.source.name, survivor: survivorName });
  const { run, busy, refusal } = useCommit(view, said, onDecided);
  const commit = () => void run({ kind: 'merge', picks: asList(picks), note: note.trim() || null });
  const behind = previewed.pending || previewed.refusal !== null;
  const atNote = refusal?.field === 'note' ? refusal : null;
  const label = t('decide.merge', { name: survivorName });
  return (
    <Sheet
      title={label}
      isOpen
      onClose={onClose}
      data-testid="merge-sheet"
      actions={<CommitActions label={label} busy={busy || behind} onCommit={commit} onCancel={onClose} />}
    >
      <ul className={styles.facts}>
        <li>
          <SideBadge side="candidate" />
          <span>
            <strong>{view.candidate.name}</strong>
            {apart.candidate}{' '}
            {survivorName === view.candidate.name
              ? t('merge.survives')
              : t('merge.survivesAs', { name: survivorName })}
          </span>
        </li>
        <li>
          <SideBadge side="source" />
          <span>
            <strong>{view.source.name}</strong>
            {apart.source} {t('merge.dissolves')}
          </span>
        </li>
      </ul>
      <p>
        {moving === null
          ? t('children.movingUnknown')
          : t('children.moving', { count: moving, survivor: survivorName })}
      </p>
      {cascades.length > 0 && (
        <div>
          <p>{t('merge.closes', { count: cascades.length, name: view.source.name })}</p>
          <ul className={styles.cascades}>
            {cascades.map(({ reviewId, pair, decidedHere }) => (
              <li key={reviewId}>
                {pair}
                {decidedHere && <span className={styles.second}> · {t('merge.decidedHere')}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {problems.map((problem) => (
        <Notice key={problem.message} tone={problem.blocking ? 'alert' : 'caution'}>
          {problem.message}
        </Notice>
      ))}
      <NoteField
        label={t('merge.note')}
        value={note}
        onChange={setNote}
        refusal={atNote}
        testId="merge-note"
      />
      <SheetRefusal refusal={atNote ? null : (refusal ?? previewed.refusal)} onShowAgain={onShowAgain} />
      <p className={styles.second}>{t('merge.afterwards')}</p>
    </Sheet>
  );
}
