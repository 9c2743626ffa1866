import { useTranslation } from 'react-i18next';
import type { PendingWork } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { Field } from '../../shared/ui/Field';
import { Notice } from '../../shared/ui/Notice';
import styles from './Leaving.module.css';

interface Props {
  work: PendingWork;
  word: string;
  onWord: (word: string) => void;
  refusal: Refusal | null;
}

/** What discarding takes and what it leaves, exactly, and the word that has to be typed for it. */
export function Discarding({ work, word, onWord, refusal }: Props) {
  const { t } = useTranslation();
  const { waiting, drafts, discardable, underWay, uncertain, needsPerson } = work;
  const stays = waiting + underWay + uncertain + needsPerson - discardable;
  return (
    <div className={styles.discarding}>
      <Notice tone="alert" data-testid="leave-lost">
        <strong>{t('leaving.lost')}</strong>
        <ul className={styles.list}>
          {discardable > 0 && <li>{t('leaving.lostDecisions', { count: discardable })}</li>}
          {drafts > 0 && <li>{t('leaving.lostDrafts', { count: drafts })}</li>}
          {discardable + drafts === 0 && <li>{t('leaving.lostNothing')}</li>}
        </ul>
      </Notice>
      <Notice tone="calm" data-testid="leave-kept">
        <strong>{t('leaving.kept')}</strong>
        <ul className={styles.list}>
          {stays > 0 && <li>{t('leaving.keptSent', { count: stays })}</li>}
          <li>{t('leaving.keptHistory')}</li>
        </ul>
      </Notice>
      <Field
        label={t('leaving.word', { word: work.word })}
        value={word}
        onChange={onWord}
        refusal={refusal}
        testId="leave-word"
      />
    </div>
  );
}
