import { useSession } from './SessionContext';

/** Why nothing can be saved now, in a sentence; `null` where it can. What would save is off, and says this. */
export function useReadOnly(): string | null {
  return useSession((session) => session.files.readOnly);
}
