import { expect, test } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route';

const ROUTES: Route[] = [
  { screen: 'queue' },
  { screen: 'outbox' },
  { screen: 'outbox', only: 'needsYou' },
  { screen: 'history' },
  { screen: 'contacts' },
  { screen: 'connect' },
  { screen: 'review', reviewId: 'a/b %23 ü' },
  { screen: 'separation', contactId: 'a/b %23 ü', from: undefined },
  { screen: 'separation', contactId: 'c', from: { screen: 'review', reviewId: 'r/1 %' } },
  { screen: 'separation', contactId: 'c', from: { screen: 'history' } },
];

test.each(ROUTES)('an address that is written is read as the same: %o', (route) => {
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test.each([
  '',
  '#',
  '#/',
  '#/nowhere',
  '#/review',
  '#/review/',
  '#/separation',
  '#/constructor',
  '#/%',
  '#/review/%E0%A4%A',
])('an address that says nothing is the queue: %s', (hash) => {
  expect(parseRoute(hash)).toEqual({ screen: 'queue' });
});
