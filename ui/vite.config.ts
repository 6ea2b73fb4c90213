import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The sentences of problems are shared with the terminal and stand beside the commands.
const messages = fileURLToPath(new URL('../crates/ksef-commands/messages', import.meta.url));

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  base: './',
  resolve: { alias: { '@messages': messages } },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, fs: { allow: ['.', messages] } },
  build: {
    target: ['safari16.4', 'chrome111'],
    modulePreload: { polyfill: false },
    // Everything is on the same disk: one file loads faster than many.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    // A busy machine is no fault of the interface.
    testTimeout: 60_000,
  },
});
