import { useTranslation } from 'react-i18next';
import type { TakingView } from '../../ipc/bindings';
import { Notice } from '../../shared/ui/Notice';
import { endWords } from './takingWords';

/** How it ended: the number that is here, why it ended early, and what could not be read. */
export function EndNotice({ taking, live = false }: { taking: TakingView; live?: boolean }) {
  const { t } = useTranslation();
  const tone = taking.ended !== null || taking.failed > 0 ? 'caution' : 'calm';
  return (
    <Notice tone={tone} live={live} data-testid="take-ended">
      {endWords(t, taking).join(' ')}
    </Notice>
  );
}
