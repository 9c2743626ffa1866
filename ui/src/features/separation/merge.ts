import type { ChildKind, ChildPlace, SeparationState, SeparationView } from '../../ipc/bindings';

/** A child record by kind and id, in one word. */
export const keyOf = ({ kind, id }: { kind: ChildKind; id: string }): string => `${kind}:${id}`;

/** Where every child record is. */
export type Places = ReadonlyMap<string, ChildPlace>;

/** The plan as the window holds it: the last state, with the places that earlier ones told. */
export interface Plan {
  state: SeparationState;
  places: Places;
}

/** The plan that a view opens with: its places are all there are. */
export function planOf(view: SeparationView): Plan {
  return { state: view.state, places: withPlaces(new Map(), view.state) };
}

function withPlaces(places: Places, state: SeparationState): Places {
  if (state.places.length === 0) return places;
  const next = new Map(places);
  for (const place of state.places) next.set(keyOf(place), place.place);
  return next;
}

/** The new list with every item that says the same as before being the one from before, so that it is not drawn anew. */
function shared<T>(before: T[], now: T[]): T[] {
  const known = new Map(before.map((each) => [JSON.stringify(each), each]));
  const next = now.map((each) => known.get(JSON.stringify(each)) ?? each);
  return next.length === before.length && next.every((each, i) => each === before[i]) ? before : next;
}

/** The plan after an answer; one that is older than what is shown says nothing new. */
export function merge(plan: Plan, state: SeparationState): Plan {
  const before = plan.state;
  if (state.revision < before.revision) return plan;
  const lists = {
    lines: shared(before.lines, state.lines),
    cuts: shared(before.cuts, state.cuts),
    problems: shared(before.problems, state.problems),
  };
  return { state: { ...state, ...lists }, places: withPlaces(plan.places, state) };
}
