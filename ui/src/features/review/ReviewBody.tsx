import { useCallback, useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { ReviewView } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { useCommand } from '../../shared/keys/useCommand';
import { ActionBar } from './ActionBar';
import { readAhead } from './ahead';
import { Children } from './Children';
import { dropPicks, type Picks, usePicks } from './drafts';
import { FieldTable } from './FieldTable';
import { KeepSheet } from './KeepSheet';
import { MergeSheet } from './MergeSheet';
import { Notices } from './Notices';
import styles from './Review.module.css';
import { ReviewHead } from './ReviewHead';
import type { Surroundings } from './ReviewView';
import { ScorePanel } from './ScorePanel';
import { useChanging } from './useChanging';
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

/** What a sheet asks about: the review and the picks as they were on the screen when it was opened. */
interface Asked {
  sheet: 'merge' | 'keep';
  view: ReviewView;
  picks: Picks;
}

/**
 * A review that is there: both people, the result, why, and what can be done.
 *
 * While a sheet is open, everything stands still: what is confirmed is what was read, and `basedOn` lets the
 * application refuse it if the review has changed meanwhile.
 */
export function ReviewBody({ view: live, refusal, moved, reload, around }: Props) {
  const drafted = usePicks(live.reviewId);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { view, picks } = asked ?? { view: live, picks: drafted };
  const previewed = usePreview(view, picks);
  const { preview, pending } = previewed;
  const close = useCallback(() => setAsked(null), []);
  const changing = useChanging(live, around.change);
  const { decided } = changing;
  // The reason of the one is not the reason of the other.
  const noteOf = (kind: 'merge' | 'keepSeparate') => (decided?.kind === kind ? (decided.note ?? '') : '');
  const against = useReasonsAgainst(view, preview, decided !== null);
  const merge = () => setAsked({ sheet: 'merge', view, picks });
  const keep = () => setAsked({ sheet: 'keep', view, picks });
  useCommand('merge', merge, against.merge);
  useCommand('keepSeparate', keep, against.keepSeparate);

  const backend = useBackend();
  const { nextId } = around;
  useEffect(() => {
    if (nextId !== null) readAhead(backend, nextId);
  }, [backend, nextId]);

  const showAgain = () => {
    setAsked(null);
    dropPicks(view.reviewId);
    changing.again();
    reload();
  };
  return (
    <section className={styles.view} data-testid="review" aria-labelledby="review-title">
      <ReviewHead view={view} around={around} />
      <div className={`${styles.scroll} own-scrollbar`}>
        <div className={styles.work}>
          <div className={styles.main}>
            <Notices
              view={view}
              preview={preview}
              refusals={[refusal, previewed.refusal]}
              moved={moved}
              change={around.change}
              lost={changing.lost}
            />
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
        onMerge={merge}
        onKeep={keep}
        onSkip={around.onNext}
      />
      {asked?.sheet === 'merge' && (
        <MergeSheet
          view={view}
          previewed={previewed}
          picks={picks}
          note={noteOf('merge')}
          onClose={close}
          onDecided={around.onDecided}
          onShowAgain={showAgain}
        />
      )}
      {asked?.sheet === 'keep' && (
        <KeepSheet
          view={view}
          note={noteOf('keepSeparate')}
          onClose={close}
          onDecided={around.onDecided}
          onShowAgain={showAgain}
        />
      )}
    </section>
  );
}
