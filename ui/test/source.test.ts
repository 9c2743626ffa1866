import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { expect, test, vi } from 'vitest';
import de from '../src/locales/de.json';
import en from '../src/locales/en.json';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: relative(source, path), text: readFileSync(path, 'utf8') }));

const code = files.filter(({ name }) => /\.tsx?$/.test(name) && name !== 'ipc/bindings.ts');
const product = code.filter(({ name }) => !name.includes('.test.') && !name.startsWith('ipc/testing/'));

/** Dotted keys of a locale; plural forms count as one. */
function keysOf(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'object'
      ? keysOf(value, `${prefix}${key}.`)
      : [`${prefix}${key.replace(/_(zero|one|other)$/, '')}`],
  );
}

test('only ipc/ knows Tauri', () => {
  const knowing = code.filter(({ name, text }) => text.includes('@tauri-apps') && !name.startsWith('ipc/'));
  expect(knowing.map(({ name }) => name)).toEqual([]);
});

test('features import from shared and ipc, never from one another or the frame; shared from no feature', () => {
  const wrong = product.flatMap(({ name, text }) => {
    const [layer, feature] = name.split('/');
    const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, to]) =>
      join(name, '..', to ?? '').split('/'),
    );
    return imports
      .filter(
        ([to, which]) =>
          (layer === 'features' && (to === 'app' || (to === 'features' && which !== feature))) ||
          (layer === 'shared' && (to === 'app' || to === 'features')) ||
          (layer === 'ipc' && to !== 'ipc'),
      )
      .map((to) => `${name} → ${to.join('/')}`);
  });
  expect(wrong).toEqual([]);
});

test('a file is read without scrolling', () => {
  const long = product.filter(({ text }) => text.split('\n').length > 170);
  expect(long.map(({ name }) => name)).toEqual([]);
});

test('both languages have the same strings, and every string that is asked for is there', () => {
  const known = new Set(keysOf(en));
  expect([...new Set(keysOf(de))].sort()).toEqual([...known].sort());
  const asked = product.flatMap(({ name, text }) =>
    [...text.matchAll(/\b(?:t\(|i18nKey=)['"]([\w.-]+)['"]/g)].map(([, key]) => ({ name, key: key ?? '' })),
  );
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
});

test('the backend for development is not in a build, and nothing is inlined that the content policy refuses', async () => {
  // What `import.meta.env.DEV` is decided by; a test runs under another name.
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({ root, logLevel: 'silent', build: { write: false } });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const text = outputs.map((each) => ('code' in each ? each.code : String(each.source))).join('\n');
  const holds = (words: string) => text.includes(words);
  expect(['review-title', 'Northwind', '@example.org'].map(holds)).toEqual([true, false, false]);
  const html = outputs.find((each) => each.fileName === 'index.html');
  expect(String(html && 'source' in html ? html.source : '')).not.toMatch(
    /<style|style=|<script(?![^>]*src=)/,
  );
});
