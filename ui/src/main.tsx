import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app/App';
import { guardWindow } from './shared/guards';
import { startTranslations } from './shared/i18n';

async function backend() {
  // In a browser, while developing, there is no application behind the page. Builds drop this branch.
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { browserBackend } = await import('./ipc/testing/browser');
    return browserBackend();
  }
  const { tauriBackend } = await import('./ipc/tauri');
  return tauriBackend;
}

const root = document.getElementById('root');
if (root) {
  guardWindow(window);
  await startTranslations();
  createRoot(root).render(
    <StrictMode>
      <App backend={await backend()} />
    </StrictMode>,
  );
}
