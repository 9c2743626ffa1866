import { useCallback, useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { ReviewView } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { useCommand } from '../../shared/keys/useCommand';
import { ActionBar } from './ActionBar';
import { readAhead } from './ahead';
import { Children } from './Children';
import { dropPicks, usePicks } from './drafts';
import { FieldTable } from './FieldTable';
import { KeepSheet } from './KeepSheet';
import { MergeSheet } from './MergeSheet';
import { Notices } from './Notices';
import styles from './Review.module.css';
import { ReviewHead } from './ReviewHead';
import type { Surroundings } from './ReviewView';
import { ScorePanel } from './ScorePanel';
import { usePreview } from './usePreview';
import { useReasonsAgainst } from './useReasonsAgainst';

interface Props {
  view: ReviewView;
  /** Why reading it again failed, if it did. */
  refusal: Refusal | null;
  moved: boolean;
  reload: () => void;
  around: Surroundings;
}

/** A review that is there: both people, the result, why, and what can be done. */
export function ReviewBody({ view, refusal, moved, reload, around }: Props) {
  const picks = usePicks(view.reviewId);
  const { preview, pending, refusal: previewRefusal } = usePreview(view, picks);
  const [sheet, setSheet] = useState<'merge' | 'keep' | null>(null);
  const close = useCallback(() => setSheet(null), []);
  const against = useReasonsAgainst(view, preview);
  useCommand('merge', () => setSheet('merge'), against.merge);
  useCommand('keepSeparate', () => setSheet('keep'), against.keepSeparate);

  const backend = useBackend();
  const { nextId } = around;
  useEffect(() => {
    if (nextId !== null) readAhead(backend, nextId);
  }, [backend, nextId]);

  const showAgain = () => {
    setSheet(null);
    dropPicks(view.reviewId);
    reload();
  };
  return (
    <section className={styles.view} data-testid="review" aria-labelledby="review-title">
      <ReviewHead view={view} around={around} />
      <div className={styles.scroll}>
        <div className={styles.work}>
          <div className={styles.main}>
            <Notices view={view} preview={preview} refusals={[refusal, previewRefusal]} moved={moved} />
            <FieldTable view={view} preview={preview} picks={picks} pending={pending} />
          </div>
          <aside className={styles.aside}>
            {view.score && <ScorePanel score={view.score} />}
            <Children groups={view.children} moving={preview.moving} survivor={preview.survivorName} />
          </aside>
        </div>
      </div>
      <ActionBar
        view={view}
        preview={preview}
        against={against}
        picked={Object.keys(picks).length}
        onMerge={() => setSheet('merge')}
        onKeep={() => setSheet('keep')}
        onSkip={around.onNext}
      />
      {sheet === 'merge' && (
        <MergeSheet
          view={view}
          preview={preview}
          picks={picks}
          onClose={close}
          onDecided={around.onDecided}
          onShowAgain={showAgain}
        />
      )}
      {sheet === 'keep' && (
        <KeepSheet view={view} onClose={close} onDecided={around.onDecided} onShowAgain={showAgain} />
      )}
    </section>
  );
}
