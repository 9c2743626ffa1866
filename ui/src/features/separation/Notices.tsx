import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DriftView } from '../../ipc/bindings';
import { stateKey } from '../../shared/entryWords';
import { exact } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Notice } from '../../shared/ui/Notice';
import { useEditor, useEditorState, usePlanPart, useView } from './EditorContext';
import styles from './Separation.module.css';
import { useGo } from './useGo';

/** What should be known before anything is decided. */
export const Notices = memo(function Notices() {
  const { t } = useTranslation();
  const editor = useEditor();
  const { name, protection, entry } = useView();
  const drift = useEditorState((each) => each.drift);
  const every = usePlanPart(({ state }) => state.problems);
  const refusal = useEditorState((each) => each.refusal);
  const trouble = useEditorState((each) => each.trouble);
  // A record's problem stands on its card, a line's at its field, a contact's at its name.
  const problems = every.filter(({ child, path, side }) => !child && !path && !side);
  return (
    <div className={styles.notices}>
      {refusal && <Failure refusal={refusal} actions={<Button onPress={editor.open}>{t('again')}</Button>} />}
      {trouble && (
        <Failure
          refusal={trouble}
          actions={<Button onPress={editor.forgive}>{t('separation.dismiss')}</Button>}
        />
      )}
      {drift.length > 0 && <Drift drift={drift} />}
      {entry && (
        <Notice tone="caution" data-testid="separation-entry">
          <strong>{t('separation.fromEntry')}</strong> {t(stateKey(entry))}
          {entry.reason && ` · ${entry.reason}`}
        </Notice>
      )}
      {protection && (
        <Notice tone="caution" data-testid="protection">
          <strong>{t('protection.title', { name })}</strong>{' '}
          {protection.owner ? t('protection.owner', { owner: protection.owner }) : t('protection.somebody')}{' '}
          {protection.until && t('protection.until', { until: exact(protection.until) })}
        </Notice>
      )}
      {problems.map((problem) => (
        <Notice
          key={problem.message}
          tone={problem.blocking ? 'alert' : 'caution'}
          data-testid={problem.blocking ? 'problem' : 'warning'}
        >
          {problem.message}
        </Notice>
      ))}
    </div>
  );
});

/** What changed on the server underneath the draft, each with the way to it. */
function Drift({ drift }: { drift: readonly DriftView[] }) {
  const { t } = useTranslation();
  const go = useGo();
  const editor = useEditor();
  const dismiss = (
    <Button onPress={editor.dismissDrift} data-testid="drift-dismiss">
      {t('separation.dismiss')}
    </Button>
  );
  return (
    <Notice tone="caution" live data-testid="drift" actions={dismiss}>
      <strong>{t('separation.drift')}</strong>
      <ul className={styles.drift}>
        {drift.map((each) => (
          <li key={each.message}>
            {each.child || each.path ? (
              <button type="button" className={styles.link} onClick={() => go(each)}>
                {each.message}
              </button>
            ) : (
              each.message
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
