import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConflictView, OutboxEntry } from '../../ipc/bindings';
import { DeedButtons } from '../../shared/entry/DeedButtons';
import type { Deeds } from '../../shared/entry/useDeeds';
import { canUndo } from '../../shared/entryWords';
import { navigate } from '../../shared/route';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import styles from './Conflict.module.css';

interface Props {
  entry: OutboxEntry;
  /** What was compared; `null` before it is here. */
  view: ConflictView | null;
  deeds: Deeds;
}

/** What can be done about it, always in sight, and what giving up means. */
export function ConflictActions({ entry, view, deeds }: Props) {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  const refusal = deeds.refusals.get(entry.opId);
  const busy = deeds.busy.has(entry.opId);
  const dismiss = canUndo(entry) ? 'undo' : entry.attempts > 0 ? 'dismissSent' : 'dismiss';
  const means = [
    view && !view.anew && t('conflict.anewNone'),
    entry.state === 'conflict' && view?.anew && t('conflict.means.anew'),
    entry.canWithdraw && t(`conflict.means.${dismiss}`),
  ].filter(Boolean);
  const anew = () => {
    if (entry.canEdit) deeds.act(entry, 'edit');
    else if (view?.anew?.kind === 'review') navigate({ screen: 'review', reviewId: view.anew.review_id });
    else if (view?.anew?.kind === 'separation')
      navigate({ screen: 'separation', contactId: view.anew.contact_id });
    else navigate({ screen: 'settings' });
  };
  const place = view?.anew?.kind;
  return (
    <footer className={styles.actions}>
      {refusal && <Failure refusal={refusal} />}
      <p className={styles.second}>{means.join(' ')}</p>
      <div className={styles.buttons}>
        <DeedButtons entry={entry} act={deeds.act} busy={busy} without={['compare', 'edit', 'open']} />
        <Button
          look="quiet"
          icon={<Download />}
          isDisabled={busy}
          onPress={() => deeds.act(entry, 'export')}
          data-testid="conflict-export"
        >
          {t('outbox.export')}
        </Button>
        {place && (
          <span className={styles.lead}>
            <Button
              look="lead"
              command={entry.canEdit ? 'changeEntry' : undefined}
              isDisabled={readOnly !== null || busy}
              onPress={anew}
              data-testid="conflict-anew"
            >
              {t(`conflict.anew.${place}`)}
            </Button>
          </span>
        )}
      </div>
      {readOnly !== null && <p className={styles.second}>{readOnly}</p>}
    </footer>
  );
}
