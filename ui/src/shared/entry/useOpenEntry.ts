import { useCallback } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { toRefusal } from '../../ipc/refusal';
import { navigate, parseRoute, type Route } from '../route';
import { toast } from '../toasts';

/** Where the window is now, as the way back from an editor. */
function here(): Route | undefined {
  const route = parseRoute(window.location.hash);
  return route.screen === 'separation' ? route.from : route;
}

/** Whether it is about a contact that is taken apart, and not about a review. */
export const isSeparation = ({ kind }: Pick<OutboxEntry, 'kind'>): boolean => kind === 'separate';

/** Whether it is about a review. */
export const isAboutReview = ({ kind }: Pick<OutboxEntry, 'kind'>): boolean =>
  kind === 'merge' || kind === 'keep-separate';

/**
 * Goes to what a decision is about: its review; the settings; or the editor, with the plan of the decision where it can
 * be changed.
 * With `change`, the review is opened to decide anew.
 */
export function useOpenEntry(): (entry: OutboxEntry, change?: boolean) => Promise<void> {
  const backend = useBackend();
  return useCallback(
    async (entry, change = false) => {
      if (isAboutReview(entry)) {
        const review: Route = { screen: 'review', reviewId: entry.subject };
        navigate(change && entry.canEdit ? { ...review, change } : review);
        return;
      }
      if (!isSeparation(entry)) {
        navigate({ screen: 'settings' });
        return;
      }
      try {
        if (entry.canEdit) await backend.separationOfEntry(entry.opId);
        navigate({ screen: 'separation', contactId: entry.subject, from: here() });
      } catch (thrown) {
        const { message, hint } = toRefusal(thrown);
        toast({ tone: 'alert', text: [message, hint].filter(Boolean).join(' '), about: entry.opId });
      }
    },
    [backend],
  );
}
