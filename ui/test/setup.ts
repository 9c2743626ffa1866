import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { startTranslations } from '../src/shared/i18n';
import { useToasts } from '../src/shared/toasts';

await startTranslations('en');

// What jsdom lacks and a web view has.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= Observer;
Element.prototype.scrollIntoView ??= () => {};
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1000 });

beforeEach(() => {
  localStorage.clear();
  window.location.hash = '';
  useToasts.setState({ toasts: [] });
});

afterEach(cleanup);
