import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import tsnative from 'tsnative/vite';

export default defineConfig(({ isSsrBuild }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [tsnative({ project: fileURLToPath(new URL('tsconfig.json', import.meta.url)) })],
  build: { outDir: isSsrBuild ? 'dist/server' : 'dist/page', target: 'es2022', emptyOutDir: true },
}));
