import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  server: { port: 5212, strictPort: true },
  build: {
    // WebKitGTK 2.44, WKWebView of macOS 14.5 and WebView2: all know light-dark(), oklch() and container queries,
    // so nothing is rewritten into a second form.
    target: ['safari17.5', 'chrome123'],
    sourcemap: false,
    // A data: URL is an exception in the content policy; files need none.
    assetsInlineLimit: 0,
    // Read from disk in one go: splitting would only add files.
    chunkSizeWarningLimit: 800,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    // Generous: continuous integration runs this beside compilers.
    testTimeout: 90_000,
    expect: { poll: { timeout: 8_000 } },
  },
});
