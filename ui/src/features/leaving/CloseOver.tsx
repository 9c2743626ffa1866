import { useTranslation } from 'react-i18next';
import type { PendingWork } from '../../ipc/bindings';
import type { Parts } from '../../shared/session/parts';
import { Notice } from '../../shared/ui/Notice';
import styles from './Leaving.module.css';
import { PendingList } from './PendingList';

interface Props {
  /** What was pending when it was asked. */
  work: PendingWork;
  /** What is pending now; nothing where that is not known. */
  parts: Parts | null;
}

/** What the window would close over: what is not sent, what is saved beside it, and what closing would lose. */
export function CloseOver({ work, parts }: Props) {
  const { t } = useTranslation();
  const { needsPerson, drafts, unsaved } = work;
  const saved = { ...work, drafts: drafts - unsaved };
  return (
    <>
      {unsaved > 0 && (
        <Notice tone="alert" data-testid="quit-unsaved">
          <strong>{t('leaving.unsaved', { count: unsaved })}</strong> {t('leaving.quit.unsavedMeans')}
        </Notice>
      )}
      {parts ? <Unsent parts={parts} /> : <PendingList work={work} only={['underWay', 'waiting']} />}
      {unsaved === 0 && <p>{t('leaving.quit.saved')}</p>}
      {needsPerson + saved.drafts > 0 && (
        <div>
          <p className={styles.second}>{t('leaving.quit.also')}</p>
          <PendingList work={saved} only={['needsPerson', 'drafts']} />
        </div>
      )}
    </>
  );
}

function Unsent({ parts: { waiting, undoable, sending } }: { parts: Parts }) {
  const { t } = useTranslation();
  const unsent = waiting - undoable;
  return (
    <>
      {undoable > 0 && <p className={styles.leading}>{t('leaving.quit.undo', { count: undoable })}</p>}
      {unsent > 0 && <p className={styles.leading}>{t('leaving.quit.unsent', { count: unsent })}</p>}
      {sending > 0 && <p className={styles.leading}>{t('leaving.quit.sent', { count: sending })}</p>}
    </>
  );
}
