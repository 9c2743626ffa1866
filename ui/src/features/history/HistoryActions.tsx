import { ExternalLink, PencilLine, Split } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { isSeparation, useOpenEntry } from '../../shared/entry/useOpenEntry';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './History.module.css';

/** What can still be done about a settled decision. */
export function HistoryActions({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const open = useOpenEntry();
  const { subject, survivorId, receipt, canEdit, opId } = entry;
  const separate = (contactId: string) => () =>
    navigate({ screen: 'separation', contactId, from: { screen: 'history' } });
  return (
    <div className={styles.actions}>
      {!isSeparation(entry) && (
        <Button
          icon={<ExternalLink />}
          onPress={() => void open(entry)}
          data-testid={`history-review-${opId}`}
        >
          {t('history.openReview')}
        </Button>
      )}
      {canEdit && (
        <Button icon={<PencilLine />} onPress={() => void open(entry)} data-testid={`history-edit-${opId}`}>
          {t('history.editAgain')}
        </Button>
      )}
      {isSeparation(entry) && (
        <Button icon={<Split />} onPress={separate(subject)} data-testid={`history-separate-${opId}`}>
          {t('history.separateOriginal')} <SideBadge side="original" />
        </Button>
      )}
      {survivorId && (
        <Button icon={<Split />} onPress={separate(survivorId)} data-testid={`history-separate-${opId}`}>
          {t('history.separateSurvivor')}
        </Button>
      )}
      {receipt?.newContactId && (
        <Button
          icon={<Split />}
          onPress={separate(receipt.newContactId)}
          data-testid={`history-separate-new-${opId}`}
        >
          {t('history.separateNew')} <SideBadge side="new" />
        </Button>
      )}
    </div>
  );
}
