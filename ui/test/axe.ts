import axe from 'axe-core';

/** Violations that axe finds in the document, one line each. Contrast needs a real screen and is looked at there. */
export async function violations(): Promise<string[]> {
  const rules = { 'color-contrast': { enabled: false } };
  const { violations: found } = await axe.run(document.body, { rules });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
