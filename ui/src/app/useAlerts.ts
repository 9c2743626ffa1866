import { useTranslation } from 'react-i18next';
import { toneOf } from '../shared/entryWords';
import { navigate } from '../shared/route';
import { useChanges } from '../shared/session/SessionContext';
import { toast } from '../shared/toasts';

/** Says at once when a decision needs a person: with the reason, and the way to it. */
export function useAlerts(): void {
  const { t } = useTranslation();
  useChanges((changes) => {
    for (const entry of changes?.outbox ?? []) {
      if (toneOf(entry) !== 'alert') continue;
      const action = { label: t('alert.show'), run: () => navigate({ screen: 'outbox' }) };
      toast({ tone: 'alert', text: `${entry.title}: ${entry.reason}`, action, about: entry.opId }, 15_000);
    }
  });
}
