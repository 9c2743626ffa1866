import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../ipc/refusal';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';

/** Why a decision was not saved. If what was shown is out of date, the way to what is so now. */
export function SheetRefusal({ refusal, onShowAgain }: { refusal: Refusal | null; onShowAgain: () => void }) {
  const { t } = useTranslation();
  if (!refusal) return null;
  const again = refusal.code === 'stale' && <Button onPress={onShowAgain}>{t('decide.showAgain')}</Button>;
  return <Failure refusal={refusal} actions={again} />;
}
