import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakingView } from '../../ipc/bindings';
import { useSession } from '../../shared/session/SessionContext';
import { Sheet } from '../../shared/ui/Sheet';
import { TakeEnded } from './TakeEnded';
import { TakeForm } from './TakeForm';
import { TakeProgress } from './TakeProgress';

/** Takes reviews along: what to take, how far it is, how it ended. */
export function TakeSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('taking.title')} isOpen={isOpen} onClose={onClose} data-testid="take-sheet">
      <Step onClose={onClose} />
    </Sheet>
  );
}

function Step({ onClose }: { onClose: () => void }) {
  const taking = useSession((session) => session.status.taking);
  const running = taking?.running ?? false;
  // Whether it ran while this was looked at: then its end is what one waits for.
  const [watched, setWatched] = useState(running);
  // What was known when it was begun here. A short one may be over before it was ever seen to run.
  const [before, setBefore] = useState<TakingView | null>();
  const starting = before !== undefined && taking === before;
  useEffect(() => {
    if (running) setWatched(true);
  }, [running]);
  const begin = (begun: Promise<boolean>) => {
    setBefore(taking);
    void begun.then((is) => (is ? setWatched(true) : setBefore(undefined)));
  };
  const again = () => {
    setBefore(undefined);
    setWatched(false);
  };
  if (taking?.running) return <TakeProgress taking={taking} onClose={onClose} />;
  if (taking && watched && !starting) return <TakeEnded taking={taking} onMore={again} onClose={onClose} />;
  return <TakeForm ended={taking} starting={starting} onStart={begin} onClose={onClose} />;
}
