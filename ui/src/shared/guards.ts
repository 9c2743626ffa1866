/**
 * Keeps the web view from acting like a browser: a dropped file would replace the application, a reload would lose
 * what is typed, and the context menu of a page has no place outside of text.
 */
export function guardWindow(target: Window): void {
  const refuse = (event: Event) => event.preventDefault();
  target.addEventListener('dragover', refuse);
  target.addEventListener('drop', refuse);
  target.addEventListener('contextmenu', (event) => {
    const on = event.target;
    if (!(on instanceof Element && on.closest('input, textarea, [data-selectable]'))) event.preventDefault();
  });
  target.addEventListener('keydown', (event) => {
    const reload =
      event.key === 'F5' || (event.key.toLowerCase() === 'r' && (event.ctrlKey || event.metaKey));
    if (reload) event.preventDefault();
  });
}
