import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { SeparationView, SuggestionView } from '../../ipc/bindings';
import type { Board, BoardState } from './board';
import type { Editor, EditorState } from './editor';
import type { Plan } from './merge';
import { type Shown, shownOf } from './rows';

interface Both {
  editor: Editor;
  board: Board;
}

const Context = createContext<Both | null>(null);

export const EditorProvider = Context.Provider;

function useBoth(): Both {
  const both = useContext(Context);
  if (!both) throw new Error('no editor above this component');
  return both;
}

export const useEditor = (): Editor => useBoth().editor;
export const useBoard = (): Board => useBoth().board;
export const useEditorState = <T,>(select: (state: EditorState) => T): T =>
  useStore(useBoth().editor.store, select);
export const useBoardState = <T,>(select: (state: BoardState) => T): T =>
  useStore(useBoth().board.store, select);

/** The open view. Only below the body of the editor, which shows nothing before it is there. */
export function useView(): SeparationView {
  const view = useEditorState((state) => state.view);
  if (!view) throw new Error('the separation is not open yet');
  return view;
}

/** The plan as far as it is. */
export function usePlan(): Plan {
  const plan = useEditorState((state) => state.plan);
  if (!plan) throw new Error('the separation is not open yet');
  return plan;
}

/** A part of the plan: drawn anew when that changes, and not by every move of a divider. */
export function usePlanPart<T>(select: (plan: Plan) => T): T {
  return useEditorState((state) => {
    if (!state.plan) throw new Error('the separation is not open yet');
    return select(state.plan);
  });
}

const ShownContext = createContext<Shown | null>(null);

const NONE: SuggestionView[] = [];

/** Puts the child records into their columns, once for everything below. */
export function ShownProvider({ children }: { children: ReactNode }) {
  const { cards } = useView();
  const places = usePlanPart((plan) => plan.places);
  const problems = usePlanPart((plan) => plan.state.problems);
  const suggestions = useEditorState((each) => each.suggestions?.children);
  const filter = useBoardState((each) => each.filter);
  const shown = useMemo(
    () => shownOf({ cards, places, suggestions: suggestions ?? NONE, problems }, filter),
    [cards, places, suggestions, problems, filter],
  );
  return <ShownContext value={shown}>{children}</ShownContext>;
}

/** Every child record in its column. */
export function useShown(): Shown {
  const shown = useContext(ShownContext);
  if (!shown) throw new Error('the records are not sorted above this component');
  return shown;
}
