import { useAnnouncements } from './announce';

/**
 * The one live region for what is announced; mounted once, and never taken away.
 *
 * WebKitGTK tells a screen reader of a live region only that a block was added to it: a text that changes is passed
 * over in silence. So each announcement is a block of its own. `data-live-announcer` keeps the region reachable while
 * a sheet hides everything else.
 */
export function Announcer() {
  const said = useAnnouncements((state) => state.said);
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
