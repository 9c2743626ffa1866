import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewView } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { CommitActions } from '../../shared/ui/CommitActions';
import { NoteField } from '../../shared/ui/NoteField';
import { Sheet } from '../../shared/ui/Sheet';
import { useApart } from './apart';
import { SheetRefusal } from './SheetRefusal';
import styles from './Sheets.module.css';
import { useCommit } from './useCommit';

/** Reasons that come up again and again: one press instead of typing. */
const REASONS = ['family', 'sameName', 'sharedPhone'] as const;

interface Props {
  view: ReviewView;
  /** What was noted before. */
  note: string;
  onClose: () => void;
  onDecided: () => void;
  onShowAgain: () => void;
}

/** Asks why the two are two, and saves it. */
export function KeepSheet({ view, note: noted, onClose, onDecided, onShowAgain }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState(noted);
  const apart = useApart(view);
  const names = {
    source: view.source.name + apart.source,
    candidate: view.candidate.name + apart.candidate,
  };
  const { run, busy, refusal } = useCommit(view, t('decided.keepSeparate', names), onDecided);
  const commit = () => void run({ kind: 'keepSeparate', note: note.trim() || null });
  const atNote = refusal?.field === 'note' ? refusal : null;
  return (
    <Sheet
      title={t('keep.title')}
      isOpen
      onClose={onClose}
      data-testid="keep-sheet"
      actions={
        <CommitActions label={t('decide.keepSeparate')} busy={busy} onCommit={commit} onCancel={onClose} />
      }
    >
      <p>{t('keep.words', names)}</p>
      <NoteField
        label={t('keep.reason')}
        value={note}
        onChange={setNote}
        refusal={atNote}
        testId="keep-reason"
        autoFocus
      />
      <div className={styles.reasons}>
        {REASONS.map((reason) => (
          <Button key={reason} onPress={() => setNote(t(`keep.reasons.${reason}`))}>
            {t(`keep.reasons.${reason}`)}
          </Button>
        ))}
      </div>
      <SheetRefusal refusal={atNote ? null : refusal} onShowAgain={onShowAgain} />
    </Sheet>
  );
}
