import { useBackend } from '../ipc/BackendContext';
import { toRefusal } from '../ipc/refusal';
import { useCommand } from '../shared/keys/useCommand';
import { prefer, stepTextSize, usePreferences } from '../shared/preferences';
import { navigate } from '../shared/route';
import { useReadOnly } from '../shared/session/useReadOnly';
import { toast } from '../shared/toasts';

/** Loads and sends now; says why where it cannot. */
export function useSyncNow(): () => void {
  const backend = useBackend();
  return () => {
    backend.syncNow().catch((thrown: unknown) => toast({ tone: 'alert', text: toRefusal(thrown).message }));
  };
}

/** Commands that belong to no screen. */
export function useWindowCommands(): void {
  const compact = usePreferences((preferences) => preferences.density === 'compact');
  useCommand('syncNow', useSyncNow(), useReadOnly() ?? undefined);
  useCommand('themeSystem', () => prefer({ theme: 'system' }));
  useCommand('themeLight', () => prefer({ theme: 'light' }));
  useCommand('themeDark', () => prefer({ theme: 'dark' }));
  useCommand('density', () => prefer({ density: compact ? 'comfortable' : 'compact' }));
  useCommand('textLarger', () => stepTextSize(1));
  useCommand('textSmaller', () => stepTextSize(-1));
  useCommand('textNormal', () => stepTextSize(0));
  useCommand('addAccount', () => navigate({ screen: 'connect' }));
}
