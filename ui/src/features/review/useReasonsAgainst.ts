import { useTranslation } from 'react-i18next';
import type { MergePreview, OutboxState, ReviewView } from '../../ipc/bindings';

/** Why a decision cannot be made now, in words; nothing where it can. */
export interface ReasonsAgainst {
  merge?: string | undefined;
  keepSeparate?: string | undefined;
}

/** States in which a decision of ours is under way. */
const UNDER_WAY: OutboxState[] = ['queued', 'checking', 'sending', 'uncertain'];

/** Collects what stands in the way: the server's word, a decision under way, a problem of the preview. */
export function useReasonsAgainst(view: ReviewView, preview: MergePreview): ReasonsAgainst {
  const { t } = useTranslation();
  const { decision } = view;
  if (decision && UNDER_WAY.includes(decision.state)) {
    const words = t(decision.canWithdraw ? 'off.decided' : 'off.underWay');
    return { merge: words, keepSeparate: words };
  }
  if (!view.open) {
    const words = view.resolved ?? t('off.resolved');
    return { merge: words, keepSeparate: words };
  }
  return { merge: preview.problems.find((problem) => problem.blocking)?.message };
}
