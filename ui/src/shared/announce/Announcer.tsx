import { useAnnouncements } from './announce';

/**
 * The one live region for what is announced; there from the first announcement on, and never taken away.
 *
 * WebKitGTK tells a screen reader of a live region only that a block was added to it: a text that changes is passed
 * over in silence. So each announcement is a block of its own. A region that stood in the page before anything had
 * the focus was not told to readers that start from the focus, so it comes with the first announcement.
 * `data-live-announcer` keeps the region reachable while a sheet hides everything else.
 */
export function Announcer() {
  const said = useAnnouncements((state) => state.said);
  if (!said) return null;
  return (
    <div className="visually-hidden" data-live-announcer="true">
      <div role="log" aria-live="assertive" aria-relevant="additions" data-testid="announcer">
        {said.map(({ number, text }) => (
          <div key={number}>{text}</div>
        ))}
      </div>
    </div>
  );
}
