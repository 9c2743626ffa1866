import { useCallback, useMemo } from 'react';
import type { SettingsView } from '../../ipc/bindings';
import { useSession } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { edit, useDraft } from './drafts';
import type { Form } from './form';
import { type Config, type Key, parseConfig, same } from './model';
import { type Checked, useChecked } from './useChecked';

export interface Editing {
  form: Form;
  /** The wanted configuration, as it is sent. */
  wanted: string;
  checked: Checked;
  /** Whether a change is on its way, and is not being changed again. */
  waits: boolean;
  /** Keys that are wanted otherwise than the server has them. */
  edited: string[];
  /** Of those, what somebody else changed meanwhile. */
  underneath: string[];
}

/** What the fields show, and what the application says of it. */
export function useEditing(view: SettingsView, current: Config, reload: () => void): Editing {
  const account = useSession((session) => session.account?.id ?? '');
  const readOnly = useReadOnly();
  const draft = useDraft(account);
  const { pending, pendingChange } = view;
  const waits = pending !== null && pending.opId !== draft.changing;
  const shown = useMemo<Config>(() => {
    if (waits) return { ...current, ...parseConfig(pendingChange) };
    const wanted = Object.entries(draft.edits).map(([key, each]) => [key, each.wanted]);
    return { ...current, ...Object.fromEntries(wanted) };
  }, [waits, current, pendingChange, draft]);
  const edited = Object.keys(draft.edits).filter((key) => !same(draft.edits[key]?.wanted, current[key]));
  const underneath = edited.filter((key) => !same(draft.edits[key]?.seen, current[key]));

  const wanted = waits || edited.length === 0 ? '' : JSON.stringify(shown);
  const checked = useChecked(wanted, view.basedOn, reload);
  const set = useCallback(
    (key: Key, value: unknown) => edit(account, key, value, current[key]),
    [account, current],
  );
  const locked = waits || readOnly !== null;
  const form = { account, shown, current, draft, issues: checked.issues, locked, set };
  return { form, wanted, checked, waits, edited, underneath };
}
