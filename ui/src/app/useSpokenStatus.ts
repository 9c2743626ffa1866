import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../ipc/bindings';
import { announce } from '../shared/announce/announce';
import { useParts } from '../shared/session/parts';
import { useSession } from '../shared/session/SessionContext';
import { useReadOnly } from '../shared/session/useReadOnly';

/** Says aloud what changes the way one works: that the server went away or is back, and that decisions need a person. */
export function useSpokenStatus(): void {
  const { t } = useTranslation();
  const connection = useSession((session) => session.status.connection);
  const { needsYou } = useParts();
  const readOnly = useReadOnly() !== null;
  const last = useRef<Connection>('online');
  const known = useRef(needsYou);

  useEffect(() => {
    if (connection === 'connecting' || connection === last.current) return;
    last.current = connection;
    // The longer words say what becomes of what is decided, and nothing can be decided there.
    announce(t(readOnly ? `connection.${connection}` : `status.spoken.${connection}`));
  }, [connection, readOnly, t]);
  useEffect(() => {
    if (needsYou > known.current) announce(t('status.spoken.needsYou', { count: needsYou }));
    known.current = needsYou;
  }, [needsYou, t]);
}
