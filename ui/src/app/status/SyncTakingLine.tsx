import { HardDriveDownload } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { endWords } from '../../features/taking/takingWords';
import { useBackend } from '../../ipc/BackendContext';
import { count } from '../../shared/numbers';
import { useSession } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import { PanelLine } from './PanelLine';

/** How far taking along is, or how it ended; nothing where it was never asked for. */
export function SyncTakingLine() {
  const { t } = useTranslation();
  const backend = useBackend();
  const taking = useSession((session) => session.status.taking);
  const stop = useAction(useCallback(() => backend.stopTaking(), [backend]));
  if (!taking) return null;
  const action = taking.running && (
    <Button isDisabled={stop.busy} onPress={() => void stop.run()} data-testid="panel-stop">
      {t('status.panel.stop')}
    </Button>
  );
  return (
    <PanelLine icon={<HardDriveDownload />} actions={action || undefined} testId="panel-taking">
      <p>
        {taking.running
          ? t('status.taking', { done: count(taking.done), total: count(taking.total) })
          : endWords(t, taking).join(' ')}
      </p>
      {stop.refusal && <Failure refusal={stop.refusal} />}
    </PanelLine>
  );
}
