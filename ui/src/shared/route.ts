import { useSyncExternalStore } from 'react';

/** Where the window is. The address after `#` holds it, so that a reload comes back to the same place. */
export type Route =
  | { screen: 'queue' }
  | { screen: 'review'; reviewId: string }
  | { screen: 'outbox' }
  | { screen: 'connect' };

/** Reads an address; anything unknown is the queue. */
export function parseRoute(hash: string): Route {
  const [screen, id] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'review' && id) return { screen, reviewId: decodeURIComponent(id) };
  if (screen === 'outbox' || screen === 'connect') return { screen };
  return { screen: 'queue' };
}

/** Writes an address. */
export function formatRoute(route: Route): string {
  return route.screen === 'review' ? `#/review/${encodeURIComponent(route.reviewId)}` : `#/${route.screen}`;
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
