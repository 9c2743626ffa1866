import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { CommitActions } from '../ui/CommitActions';
import { Sheet } from '../ui/Sheet';

interface Props {
  entry: OutboxEntry;
  onGiveUp: () => void;
  onClose: () => void;
}

/** Asks before a bare key gives a decision up for good: a press meant for another one would not be undone. */
export function GiveUpSheet({ entry: { title, attempts }, onGiveUp, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={t('outbox.giveUp')}
      isOpen
      onClose={onClose}
      data-testid="give-up-sheet"
      actions={
        <CommitActions
          label={t('undo.dismiss')}
          busy={false}
          onCommit={() => {
            onGiveUp();
            onClose();
          }}
          onCancel={onClose}
          testId="give-up-confirm"
        />
      }
    >
      <p>
        <strong>{title}</strong>
      </p>
      <p>{t(`conflict.means.${attempts > 0 ? 'dismissSent' : 'dismiss'}`)}</p>
    </Sheet>
  );
}
