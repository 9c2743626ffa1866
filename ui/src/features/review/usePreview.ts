import { useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { MergePreview, ReviewView } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { uuidv7 } from '../../shared/uuid';
import { asList, type Picks } from './drafts';

export interface Previewed {
  preview: MergePreview;
  /** Whether a newer answer is on its way. */
  pending: boolean;
  refusal: Refusal | null;
}

/** What a merge with these picks would do, as the application says it. The latest question wins. */
export function usePreview(view: ReviewView, picks: Picks): Previewed {
  const backend = useBackend();
  const [state, setState] = useState<Previewed>({ preview: view.preview, pending: false, refusal: null });
  const latest = useRef(0);

  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    if (Object.keys(picks).length === 0) {
      setState({ preview: view.preview, pending: false, refusal: null });
      return;
    }
    setState((before) => ({ ...before, pending: true, refusal: null }));
    const request = {
      opId: uuidv7(),
      reviewId: view.reviewId,
      basedOn: view.basedOn,
      decision: { kind: 'merge' as const, picks: asList(picks), note: null },
      dryRun: true,
    };
    backend.decide(request).then(
      ({ preview }) => {
        if (mine !== latest.current) return;
        setState((before) => ({ preview: preview ?? before.preview, pending: false, refusal: null }));
      },
      (thrown: unknown) => {
        if (mine !== latest.current) return;
        setState((before) => ({ ...before, pending: false, refusal: toRefusal(thrown) }));
      },
    );
  }, [backend, view, picks]);
  return state;
}
