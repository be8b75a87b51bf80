import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// PUNTUAL_API names a running server for `npm run dev`; its sign-in is the real one.
const api = process.env.PUNTUAL_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  logLevel: 'warn',
  plugins: [react()],
  // The server puts a nonce of its own into every answer (src/http/web_app.cpp).
  html: { cspNonce: 'NONCE_OF_THIS_ANSWER' },
  build: {
    outDir: '../build/web/dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/v1': { target: api, changeOrigin: true } } },
});
