import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { SeparationSheet } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { Button } from '../../shared/ui/Button';
import { CommitActions } from '../../shared/ui/CommitActions';
import { Failure } from '../../shared/ui/Failure';
import { Sheet } from '../../shared/ui/Sheet';
import { Skeleton } from '../../shared/ui/Skeleton';
import { uuidv7 } from '../../shared/uuid';
import { useEditor, usePlan, useView } from './EditorContext';
import { nameOf } from './names';
import styles from './Sheet.module.css';
import { useSeparate } from './useSeparate';

interface Props {
  onClose: () => void;
  onSeparated: () => void;
}

/** The last look: what will happen and what cannot be taken back, in words, and the one press that does it. */
export function SeparateSheet({ onClose, onSeparated }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const editor = useEditor();
  const view = useView();
  const { state } = usePlan();
  // What was read is what is confirmed: a later state is refused by its revision.
  const [revision] = useState(state.revision);
  const [sheet, setSheet] = useState<SeparationSheet | null>(null);
  const [failed, setFailed] = useState<Refusal | null>(null);
  useEffect(() => {
    let current = true;
    const { contactId } = editor;
    backend.separate({ opId: uuidv7(), contactId, revision, dryRun: true }).then(
      (answer) => current && setSheet(answer.sheet),
      (thrown: unknown) => current && setFailed(toRefusal(thrown)),
    );
    return () => {
      current = false;
    };
  }, [backend, editor, revision]);

  const label = t('separation.into', {
    original: nameOf(state.lines, 'original') || view.name,
    new: nameOf(state.lines, 'new'),
  });
  const { run, busy, refusal } = useSeparate(revision, label, onSeparated);
  return (
    <Sheet
      title={sheet?.title ?? label}
      isOpen
      wide
      onClose={onClose}
      data-testid="separate-sheet"
      actions={
        <CommitActions
          label={label}
          busy={busy || sheet === null}
          onCommit={() => void run()}
          onCancel={onClose}
          testId="separate-confirm"
        />
      }
    >
      {!sheet && !failed && (
        <div className={styles.coming}>
          <Skeleton rows={4} />
        </div>
      )}
      {sheet && (
        <>
          <Lines title={t('separation.sheet.happens')} lines={sheet.happens} testId="sheet-happens" />
          <Lines
            title={t('separation.sheet.warnings')}
            lines={sheet.warnings}
            testId="sheet-warnings"
            look="caution"
          />
          <Lines
            title={t('separation.sheet.irrevocable')}
            lines={sheet.irrevocable}
            testId="sheet-irrevocable"
            look="danger"
          />
        </>
      )}
      {(refusal ?? failed) && (
        <Failure
          refusal={(refusal ?? failed) as Refusal}
          actions={<Button onPress={onClose}>{t('separation.lookAgain')}</Button>}
        />
      )}
      <p className={styles.second}>{t('separation.sheet.afterwards')}</p>
    </Sheet>
  );
}

interface LinesProps {
  title: string;
  lines: string[];
  testId: string;
  look?: 'caution' | 'danger';
}

function Lines({ title, lines, testId, look }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section className={look ? styles[look] : undefined} data-testid={testId}>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.list} data-selectable>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
