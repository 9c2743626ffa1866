import { Timer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParts } from '../../shared/session/parts';
import { lasting, secondsUntil, useNow } from '../../shared/time';
import { PanelLine } from './PanelLine';

/** How long the pause still lasts that the server asked for, or that Cleave makes between two tries. */
export function PauseLine() {
  const { t } = useTranslation();
  const { pausedUntil } = useParts();
  const now = useNow(pausedUntil ? 500 : 0);
  const seconds = pausedUntil ? secondsUntil(pausedUntil, now) : 0;
  if (seconds === 0) return null;
  return (
    <PanelLine icon={<Timer />} testId="panel-pause">
      <p>{t('status.panel.paused', { time: lasting(seconds) })}</p>
    </PanelLine>
  );
}
