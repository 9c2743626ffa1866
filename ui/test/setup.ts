import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { startTranslations } from '../src/shared/i18n';
import { usePreferences } from '../src/shared/preferences';
import { useToasts } from '../src/shared/toasts';

await startTranslations('en');
configure({ asyncUtilTimeout: 8_000 });

// What jsdom lacks and a web view has.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= Observer;
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS;
Element.prototype.scrollIntoView ??= () => {};
HTMLCanvasElement.prototype.getContext = () => null;
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1000 });

beforeEach(() => {
  localStorage.clear();
  window.location.hash = '';
  useToasts.setState({ toasts: [] });
  usePreferences.setState(usePreferences.getInitialState());
});

afterEach(cleanup);
