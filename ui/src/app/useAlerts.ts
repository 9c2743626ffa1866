import { useTranslation } from 'react-i18next';
import { canUndo, toneOf } from '../shared/entryWords';
import { navigate } from '../shared/route';
import { useChanges } from '../shared/session/SessionContext';
import { dismissUndo, toast } from '../shared/toasts';

/**
 * Says at once when a decision needs a person: with the reason, and the way to it. Ends the offer to undo one that is on
 * its way.
 */
export function useAlerts(): void {
  const { t } = useTranslation();
  useChanges((changes) => {
    for (const entry of changes?.outbox ?? []) {
      if (!canUndo(entry)) dismissUndo(entry.opId);
      if (toneOf(entry) !== 'alert') continue;
      const action = {
        label: t('alert.show'),
        run: () =>
          navigate(
            entry.canCompare
              ? { screen: 'conflict', opId: entry.opId }
              : { screen: 'outbox', only: 'needsYou' },
          ),
      };
      toast({ tone: 'alert', text: `${entry.title}: ${entry.reason}`, action, about: entry.opId }, 15_000);
    }
  });
}
