import type { TFunction } from 'i18next';
import { ArrowLeft, Redo2, Split, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeparationState } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { DiscardSheet } from './DiscardSheet';
import { useEditor, useEditorState, usePlan, useView } from './EditorContext';
import styles from './Head.module.css';

/** "5 undecided · 2 problems"; nothing where one sentence says more. */
function shortOf(t: TFunction, { undecided, lines, problems }: SeparationState): string | null {
  const ofLines = lines.flatMap((line) => [...line.original.problems, ...line.new.problems]);
  const wrong = [...ofLines, ...problems].filter((each) => each.blocking).length;
  const words = [
    undecided > 0 && `${count(undecided)} ${t('separation.undecidedLeft', { count: undecided })}`,
    wrong > 0 && t('separation.problems', { count: wrong }),
  ].filter((each) => each !== false);
  return undecided > 0 || wrong > 1 ? words.join(' · ') : null;
}

/** Who is separated, what is still undecided, and the way out: back, away with it, or on. */
export function Head({ onBack, onPreview }: { onBack: () => void; onPreview: () => void }) {
  const { t } = useTranslation();
  const view = useView();
  const editor = useEditor();
  const { state } = usePlan();
  const typing = useEditorState((each) => Object.keys(each.typed).length > 0);
  const [discarding, setDiscarding] = useState(false);
  const readOnly = useReadOnly();
  const { undecided, canUndo, canRedo } = state;
  const blocked = readOnly ?? state.blocked;
  return (
    <header className={styles.head}>
      <Button
        look="quiet"
        icon={<ArrowLeft />}
        label={t('separation.back')}
        command="back"
        onPress={onBack}
      />
      <div className={styles.words}>
        <h1 id="separation-title" className={styles.title} data-selectable>
          {t('separation.title', { name: view.name })}
        </h1>
        <p className={styles.facts}>
          <strong className={undecided === 0 ? styles.none : ''} role="status">
            <span data-testid="undecided-count">{count(undecided)}</span>{' '}
            {t('separation.undecidedLeft', { count: undecided })}
          </strong>
          {undecided > 0 && <span className={styles.until}>{t('separation.untilZero')}</span>}
          {(view.resumed || canUndo) && <span>{t('separation.draftSaved')}</span>}
          {view.readAt && (
            <span>
              {t('review.read')} <Ago time={view.readAt} />
            </span>
          )}
        </p>
      </div>
      <Button
        look="quiet"
        icon={<Undo2 />}
        label={t('command.undoEdit')}
        command="undoEdit"
        isDisabled={readOnly !== null || (!canUndo && !typing)}
        onPress={editor.undo}
        data-testid="undo"
      />
      <Button
        look="quiet"
        icon={<Redo2 />}
        label={t('command.redoEdit')}
        command="redoEdit"
        isDisabled={readOnly !== null || !canRedo}
        onPress={editor.redo}
        data-testid="redo"
      />
      <Button
        look="quiet"
        icon={<Trash2 />}
        label={t('separation.discard')}
        isDisabled={readOnly !== null || (!canUndo && !canRedo && !view.resumed)}
        onPress={() => setDiscarding(true)}
        data-testid="discard"
      />
      <div className={styles.go}>
        <Button
          look="lead"
          icon={<Split />}
          command="previewSeparation"
          isDisabled={blocked !== null}
          onPress={onPreview}
          aria-describedby={blocked ? 'separation-blocked' : undefined}
          data-testid="separate-button"
        >
          {t('separation.preview')}
        </Button>
        {blocked && (
          <p id="separation-blocked" className={styles.blocked} title={blocked} data-testid="blocked">
            <span aria-hidden="true">{(readOnly === null && shortOf(t, state)) || blocked}</span>
            <span className="visually-hidden">{blocked}</span>
          </p>
        )}
      </div>
      {discarding && <DiscardSheet onClose={() => setDiscarding(false)} onDiscarded={onBack} />}
    </header>
  );
}
