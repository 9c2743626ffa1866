import { useAnnouncement } from './announce';

/** The one live region for what is announced; mounted once, and never taken away. */
export function Announcer() {
  const text = useAnnouncement((state) => state.text);
  return (
    <div className="visually-hidden" aria-live="assertive" aria-atomic="true" data-testid="announcer">
      {text}
    </div>
  );
}
