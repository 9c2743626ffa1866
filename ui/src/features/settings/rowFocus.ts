const CONTROLS = 'input, select, button';

/** Focuses in a row of a list what `like` is in its own row; otherwise the first thing that can be focused. */
export function focusRow(list: HTMLElement | null, row: number, like: Element | null): void {
  const rows = [...(list?.children ?? [])];
  const of = like && rows.find((each) => each.contains(like));
  const place = of ? [...of.querySelectorAll(CONTROLS)].indexOf(like) : 0;
  const controls = [...(rows[row]?.querySelectorAll<HTMLInputElement>(CONTROLS) ?? [])];
  const wanted = controls[place];
  (wanted && !wanted.disabled ? wanted : controls[0])?.focus();
}
