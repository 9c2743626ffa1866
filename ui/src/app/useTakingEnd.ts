import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { endWords } from '../features/taking/takingWords';
import { registry } from '../shared/keys/registry';
import { useSession } from '../shared/session/SessionContext';
import { toast } from '../shared/toasts';

/** Says how taking reviews along ended, wherever the admin is by then. */
export function useTakingEnd(): void {
  const { t } = useTranslation();
  const taking = useSession((session) => session.status.taking);
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && taking && !taking.running) {
      const action = { label: t('alert.show'), run: () => void registry.run('takeAlong') };
      toast({ tone: 'calm', text: endWords(t, taking).join(' '), about: 'taking', action });
    }
    ran.current = taking?.running ?? false;
  }, [taking, t]);
}
