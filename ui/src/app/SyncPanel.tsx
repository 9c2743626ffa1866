import { useTranslation } from 'react-i18next';
import { Sheet } from '../shared/ui/Sheet';
import { CachedLine } from './status/CachedLine';
import { ConnectionLine } from './status/ConnectionLine';
import { PauseLine } from './status/PauseLine';
import { SyncTakingLine } from './status/SyncTakingLine';
import { NeedsYouLine, SendingLine, WaitingLine } from './status/WorkLines';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onTake: () => void;
}

/** Everything about the server and what is on its way to it, a line each, with what can be done about it. */
export function SyncPanel({ isOpen, onClose, onTake }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('status.panel.title')} isOpen={isOpen} wide onClose={onClose} data-testid="sync-panel">
      <ul>
        <ConnectionLine onClose={onClose} />
        <CachedLine onTake={onTake} />
        <SyncTakingLine />
        <NeedsYouLine onClose={onClose} />
        <WaitingLine onClose={onClose} />
        <SendingLine onClose={onClose} />
        <PauseLine />
      </ul>
    </Sheet>
  );
}
