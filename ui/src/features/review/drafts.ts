import { create } from 'zustand';
import type { FieldPick, SideName } from '../../ipc/bindings';

/** The admin's own picks by field path. */
export type Picks = Readonly<Record<string, SideName>>;

const NONE: Picks = {};

/** Picks by review: they outlive a look at another review. */
const useDrafts = create<Record<string, Picks>>(() => ({}));

/** The picks of a review. */
export function usePicks(reviewId: string): Picks {
  return useDrafts((drafts) => drafts[reviewId] ?? NONE);
}

/** Adds picks to those of a review. */
export function pick(reviewId: string, picks: Picks): void {
  useDrafts.setState((drafts) => ({ [reviewId]: { ...drafts[reviewId], ...picks } }));
}

/** Forgets the picks of a review. */
export function dropPicks(reviewId: string): void {
  useDrafts.setState(({ [reviewId]: _, ...rest }) => rest, true);
}

/** Forgets every pick: another account may have reviews of the same id. */
export function forgetPicks(): void {
  useDrafts.setState({}, true);
}

/** As the application takes them. */
export function asList(picks: Picks): FieldPick[] {
  return Object.entries(picks).map(([path, side]) => ({ path, side }));
}
