/** A project that was built for wasm32 in headless Chromium, as a page without a bundler loads it. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../support/project.ts';
import { commandMissing, commandPath } from '../support/skip.ts';

/** Why this machine can't run it. */
export const noChromium = (): string | undefined => commandMissing('chromium');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The page: the package's glue for browsers stands in the place of that for Node. */
const page = (stem: string): string => `<!doctype html>
<title>tsnative</title>
<script type="importmap">
${JSON.stringify({
  imports: {
    tsnative: '/tsnative/dist/runtime/browser.js',
    'tsnative/nd': '/tsnative/dist/runtime/nd/index.js',
    'tsnative/nd/kernels': '/tsnative/dist/runtime/nd/kernels.js',
    [`/out/native/${stem}.cjs`]: `/out/native/${stem}.browser.js`,
  },
})}
</script>`;

/** Opens a page of a project's folder, whose output is in `out/`, and whose package is called `stem`. */
export async function inChromium<T>(
  { folder, stem }: { readonly folder: string; readonly stem: string },
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const server = serve(folder, page(stem));
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: commandPath('chromium') ?? '',
    // Containers run as root, where Chromium's own sandbox can't start.
    args: ['--no-sandbox'],
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Safe: it listens on a port.
    const { port } = server.address() as AddressInfo;
    const opened = await browser.newPage();
    opened.setDefaultTimeout(120_000);
    await opened.goto(`http://127.0.0.1:${port}/`);
    return await work(opened);
  } finally {
    await browser.close();
    server.close();
  }
}

const serve = (folder: string, html: string): Server =>
  createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
    if (path === '/') return void response.setHeader('content-type', 'text/html').end(html);
    const own = /^\/tsnative\//.exec(path);
    const file = own ? join(repository, path.slice(own[0].length)) : join(folder, path);
    const type = types[extname(path)];
    if (!existsSync(file) || type === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', type);
    createReadStream(file).pipe(response);
  });
