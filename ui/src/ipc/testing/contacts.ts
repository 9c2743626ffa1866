import type { ContactHit, ContactSearch, ContactsFound } from '../bindings';
import { pairOf } from './people';

const DAY = 86_400_000;

/** The n-th contact of the made-up world; every fortieth has a draft. */
export function contactOf(n: number): ContactHit {
  const { candidate } = pairOf(n);
  return {
    contactId: `contact-c${n}`,
    name: `${candidate.firstName} ${candidate.lastName}`,
    email: candidate.email ?? '',
    phone: n % 13 === 5 ? '' : (candidate.phoneNumber ?? ''),
    phones: n % 13 === 5 ? 0 : 1 + (n % 3),
    draftAt: n % 40 === 3 ? new Date(Date.now() - (n / 40) * DAY - 1_200_000).toISOString() : null,
  };
}

/** Drafts without a text; else who holds it, drafts first. Offline, only every other contact is known. */
export function foundOf(count: number, online: boolean, { text, limit }: ContactSearch): ContactsFound {
  const wanted = text.toLowerCase();
  const all = Array.from({ length: count }, (_, n) => contactOf(n)).filter(
    ({ draftAt }, n) => online || draftAt !== null || n % 2 === 0,
  );
  const hits = all
    .filter(({ name, email, phone, draftAt }) =>
      wanted === '' ? draftAt !== null : `${name} ${email} ${phone}`.toLowerCase().includes(wanted),
    )
    .sort((a, b) => Number(b.draftAt !== null) - Number(a.draftAt !== null));
  return {
    contacts: hits.slice(0, limit),
    fromServer: online && wanted !== '',
    more: hits.length > limit,
  };
}
