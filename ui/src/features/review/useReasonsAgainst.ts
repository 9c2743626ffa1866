import { useTranslation } from 'react-i18next';
import type { MergePreview, OutboxState, ReviewView } from '../../ipc/bindings';
import { useReadOnly } from '../../shared/session/useReadOnly';

/** Why a decision cannot be made now, in words; nothing where it can. */
export interface ReasonsAgainst {
  merge?: string | undefined;
  keepSeparate?: string | undefined;
  /** Against taking one of the two apart. */
  separate?: string | undefined;
}

/** States in which a decision of ours is under way. */
const UNDER_WAY: OutboxState[] = ['queued', 'checking', 'sending', 'uncertain'];

/** Collects what stands in the way: the server's word, a decision under way, a problem of the preview. */
export function useReasonsAgainst(
  view: ReviewView,
  preview: MergePreview,
  /** Whether the decision under way is being replaced. */
  changing: boolean,
): ReasonsAgainst {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  const { decision } = view;
  if (readOnly !== null) return { merge: readOnly, keepSeparate: readOnly };
  if (decision && !changing && UNDER_WAY.includes(decision.state)) {
    const words = t(decision.canWithdraw ? 'off.decided' : 'off.underWay');
    // A merge under way changes who there is to take apart; that they stay two does not.
    const separate = decision.kind === 'merge' ? words : undefined;
    return { merge: words, keepSeparate: words, separate };
  }
  if (!view.open) {
    const words = view.resolved ?? t('off.resolved');
    return { merge: words, keepSeparate: words };
  }
  return { merge: preview.problems.find((problem) => problem.blocking)?.message };
}
