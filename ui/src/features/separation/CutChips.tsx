import { Scissors } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { CutProposalView } from '../../ipc/bindings';
import { percent } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { SideBadge } from '../../shared/ui/SideBadge';
import { useEditor, useEditorState } from './EditorContext';
import { other } from './names';
import { evidenceWords } from './Proposal';
import styles from './Timeline.module.css';
import { dayOf } from './times';
import type { TimelineOf } from './useTimeline';

/** How many are offered. */
const BEST = 3;

/** The best cuts of a conversation: those that came with the proposals, else asked for. */
function useCuts(conversationId: string): CutProposalView[] {
  const backend = useBackend();
  const { contactId } = useEditor();
  const suggestions = useEditorState((state) => state.suggestions);
  const [asked, setAsked] = useState<CutProposalView[]>([]);
  const known = suggestions?.cuts.filter((cut) => cut.conversationId === conversationId) ?? [];
  const ask = suggestions !== null && known.length === 0;
  useEffect(() => {
    if (!ask) return;
    let current = true;
    backend.separationCuts(contactId, conversationId).then(
      (cuts) => current && setAsked(cuts),
      // Proposals are a help; without them the divider is put by hand.
      () => current && setAsked([]),
    );
    return () => {
      current = false;
    };
  }, [backend, contactId, conversationId, ask]);
  return (known.length > 0 ? known : asked).slice(0, BEST);
}

/** Where it could be cut, and why: a press goes there, a second one cuts. */
export function CutChips({ timeline, onJump }: { timeline: TimelineOf; onJump: (index: number) => void }) {
  const { t } = useTranslation();
  const cuts = useCuts(timeline.card.id);
  if (cuts.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('separation.bestCuts')}>
      {cuts.map((cut, i) => {
        const [why] = cut.evidence;
        const here = timeline.cut?.index === cut.index && timeline.cut.before === cut.before;
        return (
          <li key={cut.messageId} className={`${styles.chip} ${here ? styles.here : ''}`}>
            <button
              type="button"
              className={styles.jump}
              title={cut.evidence.map(evidenceWords).join('\n')}
              onClick={() => onJump(cut.index)}
              data-testid={`cut-jump-${i}`}
            >
              <strong>{dayOf(cut.at)}</strong> {percent(cut.percent)}
              <span className={styles.why}>{why && evidenceWords(why)}</span>
            </button>
            <Button
              look="quiet"
              icon={<Scissors />}
              label={t('separation.cutHere', {
                day: dayOf(cut.at),
                before: t(`side.${cut.before}.name`),
                after: t(`side.${other(cut.before)}.name`),
              })}
              isDisabled={here}
              onPress={() => {
                onJump(cut.index);
                timeline.divideAt(cut.index, cut.before);
              }}
              data-testid={`cut-set-${i}`}
            />
            <span className={styles.order} aria-hidden="true">
              <SideBadge side={cut.before} />
              <SideBadge side={other(cut.before)} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
