import { useTranslation } from 'react-i18next';
import type { MergePreview, PhoneConflictView, ReviewView, SideView } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { canUndo, stateKey, toneOf } from '../../shared/entryWords';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { exact } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Notice } from '../../shared/ui/Notice';
import { useUndo, useWithdraw } from '../../shared/useUndo';
import { Changing } from './Changing';
import styles from './Review.module.css';

interface Props {
  view: ReviewView;
  preview: MergePreview;
  refusals: (Refusal | null)[];
  moved: boolean;
  /** Whether the decision that waits is to be changed. */
  change: boolean;
  /** How many of its picks could not be laid in. */
  lost: number;
}

/** What should be known before the fields are looked at. */
export function Notices({ view, preview, refusals, moved, change, lost }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.notices}>
      {refusals.map((refusal) => refusal && <Failure key={refusal.code} refusal={refusal} />)}
      {change ? <Changing view={view} lost={lost} /> : <Decided view={view} />}
      {!view.open && view.resolved && (
        <Notice tone="calm">
          <strong>{t('review.resolved')}</strong> {view.resolved}
        </Notice>
      )}
      {moved && <Notice tone="caution">{t('review.moved')}</Notice>}
      {view.phoneConflict && <PhoneConflict view={view} conflict={view.phoneConflict} />}
      <Protected person={view.source} />
      <Protected person={view.candidate} />
      {preview.problems
        .filter((problem) => problem.field === null)
        .map((problem) => (
          <Notice key={problem.message} tone={problem.blocking ? 'alert' : 'caution'}>
            {problem.message}
          </Notice>
        ))}
    </div>
  );
}

/** The decision made here, where it stands, and the way back. */
function Decided({ view: { reviewId, decision, decided } }: { view: ReviewView }) {
  const { t } = useTranslation();
  const withdraw = useWithdraw();
  const { entry: latest } = useUndo();
  const readOnly = useReadOnly();
  const change = () => navigate({ screen: 'review', reviewId, change: true });
  useCommand('changeEntry', decided ? change : null, readOnly ?? undefined);
  if (!decision || decision.state === 'withdrawn' || decision.state === 'superseded') return null;
  const undo = decision.canWithdraw && (
    <Button
      isDisabled={readOnly !== null}
      command={latest?.opId === decision.opId ? 'undo' : undefined}
      onPress={() => void withdraw(decision)}
      data-testid="review-withdraw"
    >
      {t(canUndo(decision) ? 'undo.label' : 'undo.dismiss')}
    </Button>
  );
  const ways = (
    <>
      {decided && (
        <Button
          command="changeEntry"
          isDisabled={readOnly !== null}
          onPress={change}
          data-testid="review-change"
        >
          {t('review.change')}
        </Button>
      )}
      {undo}
    </>
  );
  const tone = toneOf(decision);
  return (
    <Notice tone={tone === 'good' ? 'calm' : tone} actions={decided || undo ? ways : undefined}>
      <strong>{t(`decision.${decision.kind}`, { defaultValue: decision.kind })}</strong>
      {' · '}
      {t(stateKey(decision))}
      {decision.reason && ` · ${decision.reason}`}
    </Notice>
  );
}

function PhoneConflict({ view, conflict }: { view: ReviewView; conflict: PhoneConflictView }) {
  const { t } = useTranslation();
  const { phone, sourceHasIt, candidateHasIt } = conflict;
  const who =
    sourceHasIt && candidateHasIt ? 'both' : sourceHasIt ? 'source' : candidateHasIt ? 'candidate' : 'nobody';
  const names = { source: view.source.name, candidate: view.candidate.name };
  return (
    <Notice tone="calm">
      <p>
        <strong>{t('phoneConflict.title', { phone })}</strong>
      </p>
      <p>
        {t('phoneConflict.why')} {t(`phoneConflict.${who}`, names)}
      </p>
    </Notice>
  );
}

function Protected({ person: { name, protection } }: { person: SideView }) {
  const { t } = useTranslation();
  if (!protection) return null;
  const { owner, until } = protection;
  return (
    <Notice tone="caution">
      <strong>{t('protection.title', { name })}</strong>{' '}
      {owner ? t('protection.owner', { owner }) : t('protection.somebody')}
      {until && ` ${t('protection.until', { until: exact(until) })}`}
    </Notice>
  );
}
