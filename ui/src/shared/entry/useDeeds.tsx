import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { navigate } from '../route';
import { toast } from '../toasts';
import { useWithdraw } from '../useUndo';
import type { Act } from './deeds';
import { GiveUpSheet } from './GiveUpSheet';
import { MarkSheet } from './MarkSheet';
import { ResendSheet } from './ResendSheet';
import { useOpenEntry } from './useOpenEntry';

export interface Deeds {
  act: Act;
  /** Decisions that something is being done to. */
  busy: ReadonlySet<string>;
  /** Why the last was refused, by decision. */
  refusals: ReadonlyMap<string, Refusal>;
  /** What asks before something is done. */
  sheets: ReactNode;
}

/** A set with an element, or without it. */
function withOrWithout(before: ReadonlySet<string>, id: string, there: boolean): ReadonlySet<string> {
  const next = new Set(before);
  if (there) next.add(id);
  else next.delete(id);
  return next;
}

/** Does what is asked about a decision, one thing at a time for each, and keeps the refusal beside it. */
export function useDeeds(): Deeds {
  const { t } = useTranslation();
  const backend = useBackend();
  const withdraw = useWithdraw();
  const open = useOpenEntry();
  const [asked, setAsked] = useState<{
    sheet: 'done' | 'notDone' | 'resend' | 'giveUp';
    entry: OutboxEntry;
  } | null>(null);
  const [busy, setBusy] = useState<ReadonlySet<string>>(() => new Set());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refusal>>(() => new Map());
  const under = useRef(new Set<string>());

  const attempt = useCallback(async (opId: string, call: () => Promise<unknown>) => {
    if (under.current.has(opId)) return;
    under.current.add(opId);
    setBusy((before) => withOrWithout(before, opId, true));
    setRefusals((before) => new Map([...before].filter(([id]) => id !== opId)));
    try {
      await call();
    } catch (thrown) {
      setRefusals((before) => new Map([...before, [opId, toRefusal(thrown)]]));
    } finally {
      under.current.delete(opId);
      setBusy((before) => withOrWithout(before, opId, false));
    }
  }, []);
  const act = useCallback<Act>(
    (entry, deed) => {
      const { opId } = entry;
      if (deed === 'compare') navigate({ screen: 'conflict', opId });
      else if (deed === 'open') void open(entry);
      else if (deed === 'edit') void open(entry, true);
      else if (deed === 'wasDone') setAsked({ sheet: 'done', entry });
      else if (deed === 'wasNotDone') setAsked({ sheet: 'notDone', entry });
      else if (deed === 'withdraw') void attempt(opId, () => withdraw(entry));
      else if (deed === 'giveUp') setAsked({ sheet: 'giveUp', entry });
      else if (deed === 'send' && entry.mayDouble) setAsked({ sheet: 'resend', entry });
      else if (deed === 'send') void attempt(opId, () => backend.retry(opId));
      else {
        void attempt(opId, async () => {
          const { path } = await backend.exportEntry(opId);
          toast({ tone: 'calm', text: t('outbox.exported', { path }), about: `export-${opId}` });
        });
      }
    },
    [backend, t, withdraw, open, attempt],
  );
  const close = () => setAsked(null);
  const sheetOf = ({ sheet, entry }: NonNullable<typeof asked>) => {
    if (sheet === 'resend') return <ResendSheet entry={entry} onClose={close} />;
    if (sheet !== 'giveUp') return <MarkSheet entry={entry} done={sheet === 'done'} onClose={close} />;
    return <GiveUpSheet entry={entry} onGiveUp={() => act(entry, 'withdraw')} onClose={close} />;
  };
  const sheets = asked && sheetOf(asked);
  return { act, busy, refusals, sheets };
}
