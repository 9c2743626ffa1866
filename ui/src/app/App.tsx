import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { forgetSearch } from '../features/contacts/search';
import { forgetAhead } from '../features/review/ahead';
import { forgetPicks } from '../features/review/drafts';
import { BackendProvider } from '../ipc/BackendContext';
import type { Backend } from '../ipc/backend';
import { useKeys } from '../shared/keys/useCommand';
import { locale } from '../shared/locale';
import { applyPreferences, usePreferences } from '../shared/preferences';
import { QueueProvider } from '../shared/queue/QueueContext';
import { createQueue } from '../shared/queue/store';
import { navigate } from '../shared/route';
import { SessionProvider } from '../shared/session/SessionContext';
import { createSession } from '../shared/session/store';
import { Root } from './Root';

/** The window: one session, one queue, one set of keys. */
export function App({ backend }: { backend: Backend }) {
  const [session] = useState(() => createSession(backend));
  const [queue] = useState(() => createQueue(backend));
  const preferences = usePreferences();
  useKeys();

  useEffect(() => applyPreferences(preferences), [preferences]);
  useEffect(() => {
    let account: string | undefined;
    const unsubscribe = session.subscribe((changes) => {
      const now = session.store.getState().session?.account?.id;
      // Another account: nothing of the last one may stay on the screen.
      if (changes === null && now !== account) {
        queue.clear();
        forgetAhead();
        forgetPicks();
        forgetSearch();
        if (account !== undefined) navigate({ screen: 'queue' });
        queue.show({ filter: 'open', search: '' });
      } else queue.receive(changes);
      account = now;
    });
    void session.open();
    return unsubscribe;
  }, [session, queue]);

  return (
    <I18nProvider locale={locale}>
      <BackendProvider value={backend}>
        <SessionProvider value={session}>
          <QueueProvider value={queue}>
            <Root />
          </QueueProvider>
        </SessionProvider>
      </BackendProvider>
    </I18nProvider>
  );
}
