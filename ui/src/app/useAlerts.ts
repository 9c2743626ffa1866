import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry, OutboxState } from '../ipc/bindings';
import { canUndo, toneOf } from '../shared/entryWords';
import { navigate, parseRoute } from '../shared/route';
import { useChanges, useSessionStore } from '../shared/session/SessionContext';
import { dismissAlert, dismissUndo, toast } from '../shared/toasts';

/** Those that need a person, with their state. */
const alertsOf = (entries: readonly OutboxEntry[]): Map<string, OutboxState> =>
  new Map(entries.filter((entry) => toneOf(entry) === 'alert').map(({ opId, state }) => [opId, state]));

/** Whether the window shows it beside what the server has. */
function isShown(opId: string): boolean {
  const route = parseRoute(window.location.hash);
  return route.screen === 'conflict' && route.opId === opId;
}

/**
 * Says at once when a decision comes to need a person: with the reason, and the way to it; and no longer than it does.
 * Ends the offer to undo one that is on its way.
 */
export function useAlerts(): void {
  const { t } = useTranslation();
  const { store } = useSessionStore();
  const known = useRef<Map<string, OutboxState> | null>(null);
  known.current ??= alertsOf(store.getState().session?.outbox ?? []);
  const alerts = known.current;
  useChanges((changes) => {
    if (changes === null) known.current = null;
    for (const entry of changes?.outbox ?? []) {
      const { opId, state } = entry;
      if (!canUndo(entry)) dismissUndo(opId);
      if (toneOf(entry) !== 'alert') {
        if (alerts.delete(opId)) dismissAlert(opId);
        continue;
      }
      const told = alerts.get(opId) === state;
      alerts.set(opId, state);
      if (told || isShown(opId)) continue;
      const action = {
        label: t('alert.show'),
        run: () =>
          navigate(entry.canCompare ? { screen: 'conflict', opId } : { screen: 'outbox', only: 'needsYou' }),
      };
      toast({ tone: 'alert', text: `${entry.title}: ${entry.reason}`, action, about: opId }, 15_000);
    }
  });
}
