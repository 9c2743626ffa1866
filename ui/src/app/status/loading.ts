/** Key of the words for how far loading is. What comes after the last review is not counted. */
export function loadingKey(loaded: number, total: number | null) {
  if (total === null) return 'status.loading';
  return loaded < total ? 'status.loadingOf' : 'status.loadingRest';
}
