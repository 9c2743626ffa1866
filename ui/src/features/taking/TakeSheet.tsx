import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session/SessionContext';
import { Sheet } from '../../shared/ui/Sheet';
import { TakeForm } from './TakeForm';
import { TakeProgress } from './TakeProgress';

/** Takes reviews along: what to take, how far it is, how it ended. */
export function TakeSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const taking = useSession((session) => session.status.taking);
  return (
    <Sheet title={t('taking.title')} isOpen={isOpen} onClose={onClose} data-testid="take-sheet">
      {taking?.running ? (
        <TakeProgress taking={taking} onClose={onClose} />
      ) : (
        <TakeForm ended={taking} onClose={onClose} />
      )}
    </Sheet>
  );
}
