import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Board } from './Board';
import { ShownProvider, useBoard, useBoardState, useEditor, usePlanPart, useView } from './EditorContext';
import { FieldTable } from './FieldTable';
import { FilterBar } from './FilterBar';
import { Foot } from './Foot';
import { Guess } from './Guess';
import { Head } from './Head';
import { Notices } from './Notices';
import { SeparateSheet } from './SeparateSheet';
import styles from './Separation.module.css';
import { Timeline } from './Timeline';

/** A separation that is open: both contacts, what is undecided between them, and a conversation if one is open. */
export function SeparationBody({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const view = useView();
  const blocked = usePlanPart((plan) => plan.state.blocked);
  const canUndo = usePlanPart((plan) => plan.state.canUndo);
  const canRedo = usePlanPart((plan) => plan.state.canRedo);
  const editor = useEditor();
  const board = useBoard();
  const conversation = useBoardState((each) => each.conversation);
  const selecting = useBoardState((each) => each.selected.size > 0);
  const readOnly = useReadOnly();
  const [asking, setAsking] = useState(false);
  const card = view.cards.find((each) => each.kind === 'conversation' && each.id === conversation);

  const preview = () => {
    void editor.settled().then(() => {
      const { trouble, plan } = editor.store.getState();
      // Something typed may have come to stand in the way, or could not be saved.
      if (!trouble && plan?.state.blocked === null) setAsking(true);
    });
  };
  useCommand('previewSeparation', preview, readOnly ?? blocked ?? undefined);
  useCommand('undoEdit', editor.undo, readOnly ?? (canUndo ? undefined : t('separation.nothingToUndo')));
  useCommand('redoEdit', editor.redo, readOnly ?? (canRedo ? undefined : t('separation.nothingToRedo')));
  const closeTimeline = () => {
    board.set({ conversation: null });
    board.focus(board.store.getState().column, board.store.getState().active[board.store.getState().column]);
  };
  // One layer at a time: the messages, the selection, the screen. Never the draft.
  useCommand('escape', card ? closeTimeline : selecting ? board.clear : onBack);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the editor comes up.
  useEffect(() => board.focus('undecided', null), []);

  return (
    <section
      className={`${styles.view} ${card ? styles.withTimeline : ''}`}
      data-reading={card ? '' : undefined}
      data-testid="separation"
      aria-labelledby="separation-title"
    >
      <Head onBack={onBack} onPreview={preview} />
      <div className={`${styles.work} own-scrollbar`}>
        <Notices />
        <Guess />
        <ShownProvider>
          <FieldTable />
          <FilterBar />
          <Board />
        </ShownProvider>
        {card && <Timeline key={card.id} card={card} onClose={closeTimeline} />}
      </div>
      <Foot />
      {asking && <SeparateSheet onClose={() => setAsking(false)} onSeparated={onBack} />}
    </section>
  );
}
