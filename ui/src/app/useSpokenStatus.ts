import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../ipc/bindings';
import { announce } from '../shared/announce/announce';
import { useParts } from '../shared/session/parts';
import { useSession } from '../shared/session/SessionContext';

/** Says aloud what changes the way one works: that the server went away or is back, and that decisions need a person. */
export function useSpokenStatus(): void {
  const { t } = useTranslation();
  const connection = useSession((session) => session.status.connection);
  const { needsYou } = useParts();
  const last = useRef<Connection>('online');
  const known = useRef(needsYou);

  useEffect(() => {
    if (connection === 'connecting' || connection === last.current) return;
    last.current = connection;
    announce(t(`status.spoken.${connection}`));
  }, [connection, t]);
  useEffect(() => {
    if (needsYou > known.current) announce(t('status.spoken.needsYou', { count: needsYou }));
    known.current = needsYou;
  }, [needsYou, t]);
}
