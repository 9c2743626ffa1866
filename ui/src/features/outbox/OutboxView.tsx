import { SearchX, Send } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce/announce';
import { useDeeds } from '../../shared/entry/useDeeds';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { useSession } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import { BulkBar } from './BulkBar';
import { EntryList, focusEntries } from './EntryList';
import { countSections, linesOf, named, type Section, sectionOf } from './lines';
import styles from './Outbox.module.css';
import { OutboxHead } from './OutboxHead';
import { goTo, usePlace } from './place';
import { RehearsalSheet } from './RehearsalSheet';
import { useOutbox } from './useOutbox';
import { useSelection } from './useSelection';

/** Everything decided here, by what it asks of the admin: where it stands, what it waits for, what can be done. */
export function OutboxView({ only }: { only?: Section | undefined }) {
  const { t } = useTranslation();
  const { entries, refusal, reload } = useOutbox();
  const [text, setText] = useState('');
  const [looking, setLooking] = useState(false);
  const selection = useSelection(entries);
  const deeds = useDeeds();
  const current = usePlace((place) => place.current);
  const connection = useSession((session) => session.status.connection);

  const found = useMemo(() => named(entries ?? [], text), [entries, text]);
  const counts = useMemo(() => countSections(found), [found]);
  const lines = useMemo(() => linesOf(found, only), [found, only]);
  const waiting = useMemo(() => (entries ?? []).filter((each) => sectionOf(each) === 'waiting'), [entries]);
  const noWait = waiting.length === 0 ? t('rehearsal.nothing') : undefined;
  const offline = connection === 'online' ? undefined : t('rehearsal.offline');
  // Before they are read nobody knows whether one waits.
  const against = entries ? (noWait ?? offline) : t('loading');
  useCommand('rehearse', () => setLooking(true), against);

  const everything = () => {
    setText('');
    navigate({ screen: 'outbox' });
  };
  const jump = (opId: string) => {
    if (!lines.some(({ key }) => key === opId)) everything();
    goTo(opId);
    focusEntries();
  };
  useCommand('nextNeedsYou', () => {
    const needy = (entries ?? []).filter((each) => sectionOf(each) === 'needsYou');
    const at = needy.findIndex(({ opId }) => opId === current);
    const next = needy[(at + 1) % Math.max(1, needy.length)];
    if (next) jump(next.opId);
    else announce(t('outbox.noNeedsYou'));
  });

  return (
    <section className={styles.view} data-testid="outbox" aria-labelledby="outbox-title">
      <OutboxHead
        counts={counts}
        total={entries ? found.length : null}
        only={only}
        text={text}
        onText={setText}
        onEnter={focusEntries}
        onRehearse={() => setLooking(true)}
        noRehearsal={against}
      />
      {refusal && (
        <div className={styles.failure}>
          <Failure refusal={refusal} actions={<Button onPress={reload}>{t('again')}</Button>} />
        </div>
      )}
      {!entries && !refusal && <Skeleton rows={8} />}
      {entries?.length === 0 && (
        <Empty icon={<Send />} title={t('outbox.none')}>
          {t('outbox.noneMeans')}
        </Empty>
      )}
      {entries && entries.length > 0 && lines.length === 0 && (
        <Empty
          icon={<SearchX />}
          title={t(text === '' ? 'outbox.nonePart' : 'outbox.noneFound')}
          actions={<Button onPress={everything}>{t('outbox.showAll')}</Button>}
        >
          {text === '' ? null : t('outbox.noneFoundMeans', { text })}
        </Empty>
      )}
      {lines.length > 0 && <EntryList lines={lines} deeds={deeds} selection={selection} onJump={jump} />}
      <BulkBar selection={selection} />
      {deeds.sheets}
      {looking && <RehearsalSheet entries={waiting} onClose={() => setLooking(false)} />}
    </section>
  );
}
