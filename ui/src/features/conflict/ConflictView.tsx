import { CircleCheck, SearchX } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { announce } from '../../shared/announce/announce';
import { useDeedCommands } from '../../shared/entry/useDeedCommands';
import { useDeeds } from '../../shared/entry/useDeeds';
import { isSettled } from '../../shared/entryWords';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { partOf } from '../../shared/session/parts';
import { useSession } from '../../shared/session/SessionContext';
import { dismissAbout } from '../../shared/toasts';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import styles from './Conflict.module.css';
import { ConflictActions } from './ConflictActions';
import { ConflictBody } from './ConflictBody';
import { ConflictHead } from './ConflictHead';
import { useConflict } from './useConflict';

const back = () => navigate({ screen: 'outbox' });

/** A decision beside what the server has: what was seen when it was made, what is there now, and what can be done. */
export function ConflictView({ opId }: { opId: string }) {
  const { t } = useTranslation();
  const outbox = useSession((session) => session.outbox);
  const entry = outbox.find((each) => each.opId === opId);
  const needy = outbox.filter((each) => partOf(each) === 'needsYou');
  useCommand('back', back);
  useCommand('escape', back);
  const at = needy.findIndex((each) => each.opId === opId);
  const step = (by: number) => {
    const to = needy[(at + by + needy.length) % Math.max(1, needy.length)];
    return to && to.opId !== opId ? () => navigate({ screen: 'conflict', opId: to.opId }) : null;
  };
  useCommand('nextNeedsYou', step(1));

  if (!entry || isSettled(entry)) {
    const gone = (
      <Button command="back" onPress={back}>
        {t('conflict.back')}
      </Button>
    );
    return (
      <section className={styles.view} data-testid="conflict">
        <Empty icon={<CircleCheck />} title={t('conflict.gone')} actions={gone}>
          {t('conflict.goneMeans')}
        </Empty>
      </section>
    );
  }
  const position = at < 0 ? null : { at: at + 1, of: needy.length };
  return (
    <section className={styles.view} data-testid="conflict" aria-labelledby="conflict-title">
      <ConflictHead
        entry={entry}
        position={position}
        onBack={back}
        onNext={step(1)}
        onPrevious={at < 0 ? null : step(-1)}
      />
      <Compared key={opId} entry={entry} />
    </section>
  );
}

/** What was read, or that it is being read, or why it could not be. */
function Compared({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { view, refusal, reading, reload } = useConflict(entry.opId, entry.subject);
  const deeds = useDeeds();
  // The key of a change does what the button does, and there is none where nothing is left to decide.
  useDeedCommands(view?.anew ? entry : { ...entry, canEdit: false }, deeds.act);
  const headline = view?.headline;
  // The message that led here says what the screen says.
  useEffect(() => dismissAbout(entry.opId), [entry.opId]);
  useEffect(() => {
    if (headline) announce(headline);
  }, [headline]);
  const again = <Button onPress={reload}>{t('again')}</Button>;
  return (
    <>
      <div className={`${styles.scroll} own-scrollbar`}>
        {!view && !refusal && (
          <div aria-busy="true">
            <p className={styles.reading}>{t('conflict.reading')}</p>
            <Skeleton rows={6} />
          </div>
        )}
        {!view && refusal && (
          <Empty icon={<SearchX />} title={t('conflict.failed')} actions={again}>
            <span data-testid="error">{[refusal.message, refusal.hint].filter(Boolean).join(' ')}</span>
          </Empty>
        )}
        {view && (
          <>
            {refusal && <Failure refusal={refusal} actions={again} />}
            <ConflictBody entry={entry} view={view} reading={reading} onReload={reload} />
          </>
        )}
      </div>
      <ConflictActions entry={entry} view={view} deeds={deeds} />
      {deeds.sheets}
    </>
  );
}
