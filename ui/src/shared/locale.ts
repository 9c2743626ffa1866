/** The language for numbers and times. On Linux it can be "C", at which `Intl` throws: made harmless once. */
export function safeLocale(wanted: string | undefined = globalThis.navigator?.language): string {
  try {
    return Intl.getCanonicalLocales(wanted)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export const locale = safeLocale();
