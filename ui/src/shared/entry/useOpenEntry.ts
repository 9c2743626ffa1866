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

/** Goes to what a decision is about: its review; or the editor, with the plan of the decision where it can be changed. */
export function useOpenEntry(): (entry: OutboxEntry) => Promise<void> {
  const backend = useBackend();
  return useCallback(
    async (entry) => {
      if (!isSeparation(entry)) {
        navigate({ screen: 'review', reviewId: entry.subject });
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
