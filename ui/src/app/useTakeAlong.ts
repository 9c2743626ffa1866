import { useTranslation } from 'react-i18next';
import { useCommand } from '../shared/keys/useCommand';
import { useQueue } from '../shared/queue/QueueContext';
import { useReadOnly } from '../shared/session/useReadOnly';

/** Opens the sheet that takes reviews along; off where there is nothing to take, or nothing can be saved. */
export function useTakeAlong(open: () => void): void {
  const { t } = useTranslation();
  const decided = useQueue((state) => state.filter === 'decided');
  const readOnly = useReadOnly();
  useCommand('takeAlong', open, readOnly ?? (decided ? t('taking.offDecided') : undefined));
}
