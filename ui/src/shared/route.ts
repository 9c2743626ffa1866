import { useSyncExternalStore } from 'react';

/** Where the window is. The address after `#` holds it, so that a reload comes back to the same place. */
export type Route =
  | { screen: 'queue' }
  | { screen: 'review'; reviewId: string }
  | { screen: 'contacts' }
  /** `from` is where its way back leads. */
  | { screen: 'separation'; contactId: string; from?: Route | undefined }
  | { screen: 'outbox' }
  | { screen: 'history' }
  | { screen: 'connect' };

const PLAIN = ['outbox', 'contacts', 'history', 'connect'] as const;

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
  if (screen === 'review' && id) return { screen, reviewId: id };
  if (screen === 'separation' && id)
    return { screen, contactId: id, from: from ? parseRoute(from) : undefined };
  const plain = PLAIN.find((each) => each === screen);
  return plain ? { screen: plain } : { screen: 'queue' };
}

/** Writes an address. */
export function formatRoute(route: Route): string {
  if (route.screen === 'review') return `#/review/${encodeURIComponent(route.reviewId)}`;
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
