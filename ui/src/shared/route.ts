import { useSyncExternalStore } from 'react';

/** Where the window is. The address after `#` holds it, so that a reload comes back to the same place. */
export type Route =
  | { screen: 'queue' }
  /** `change` lays the decision that waits in, to be decided anew. */
  | { screen: 'review'; reviewId: string; change?: boolean | undefined }
  | { screen: 'contacts' }
  /** `from` is where its way back leads. */
  | { screen: 'separation'; contactId: string; from?: Route | undefined }
  /** `only` shows a part of it. */
  | { screen: 'outbox'; only?: OutboxPart | 'done' | undefined }
  /** A decision beside what the server has. */
  | { screen: 'conflict'; opId: string }
  | { screen: 'history' }
  | { screen: 'settings' }
  | { screen: 'connect' };

/** What the numbers of the status line count. */
export const OUTBOX_PARTS = ['waiting', 'sending', 'needsYou'] as const;

export type OutboxPart = (typeof OUTBOX_PARTS)[number];

const PLAIN = ['contacts', 'history', 'settings', 'connect'] as const;

/** A part of an address as it was before it was written; nothing if somebody else wrote it, and badly. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** Reads an address; anything unknown is the queue. */
export function parseRoute(hash: string): Route {
  const [screen, id, from] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (screen === 'review' && id)
    return from === 'change' ? { screen, reviewId: id, change: true } : { screen, reviewId: id };
  if (screen === 'separation' && id)
    return { screen, contactId: id, from: from ? parseRoute(from) : undefined };
  if (screen === 'outbox') {
    const only = [...OUTBOX_PARTS, 'done' as const].find((each) => each === id);
    return id && !only ? { screen: 'conflict', opId: id } : { screen, only };
  }
  const plain = PLAIN.find((each) => each === screen);
  return plain ? { screen: plain } : { screen: 'queue' };
}

/** Writes an address. */
export function formatRoute(route: Route): string {
  if (route.screen === 'review')
    return `#/review/${encodeURIComponent(route.reviewId)}${route.change ? '/change' : ''}`;
  if (route.screen === 'conflict') return `#/outbox/${encodeURIComponent(route.opId)}`;
  if (route.screen === 'outbox') return route.only ? `#/outbox/${route.only}` : '#/outbox';
  if (route.screen !== 'separation') return `#/${route.screen}`;
  const from = route.from ? `/${encodeURIComponent(formatRoute(route.from))}` : '';
  return `#/separation/${encodeURIComponent(route.contactId)}${from}`;
}

/** Goes somewhere. */
export function navigate(route: Route): void {
  window.location.hash = formatRoute(route);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** The present route. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}
