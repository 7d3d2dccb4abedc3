/** The sample page with Vite in a headless browser, and what of it runs in Node. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../cli/harness.ts';
import { commandMissing, commandPath } from '../support/skip.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const noBrowser = commandMissing('chromium');

// A copy, as the build leaves files and caches in it.
const clone = temporaryFolder();
for (const name of ['samples/vite', 'samples/blur', 'samples/mandelbrot', 'package.json'])
  cpSync(join(root, name), join(clone, name), { recursive: true });
for (const name of ['dist', 'node_modules'])
  symlinkSync(join(root, name), join(clone, name), 'junction');
const configFile = join(clone, 'samples/vite/vite.config.js');
const dist = join(clone, 'samples/vite/dist');

let digests: Record<string, string> = {};

test('the server’s bundle runs natively, with what JavaScript gives', async () => {
  const { build } = await import('vite');
  await build({ configFile, logLevel: 'error', build: { ssr: 'src/server.ts' } });
  assert.ok(readdirSync(join(dist, 'server/native')).some((name) => name.endsWith('.node')));
  const [native, plain] = ['require', 'off'].map((TSNATIVE) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(dist, 'server/server.js')], {
      encoding: 'utf8',
      env: { ...process.env, TSNATIVE },
    });
    assert.is(stderr, '');
    return stdout;
  });
  assert.is(native, plain);
  digests = JSON.parse(native ?? '');
  assert.equal(Object.keys(digests), ['mandelbrot', 'blur']);
});

async function withPage(use: (browser: Browser, url: string) => Promise<void>): Promise<void> {
  const { build, preview } = await import('vite');
  await build({ configFile, logLevel: 'error' });
  const server = await preview({ configFile, logLevel: 'error', preview: { port: 0 } });
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: commandPath('chromium') ?? '',
    // Containers run as root, where Chromium's own sandbox can't start.
    args: ['--no-sandbox'],
  });
  try {
    await use(browser, server.resolvedUrls?.local[0] ?? '');
  } finally {
    await browser.close();
    await server.close();
  }
}

if (noBrowser !== undefined) {
  console.log(`» the page is not opened: ${noBrowser}`);
  test.skip('the page shows the same pixels for both, and for the server');
} else
  test('the page shows the same pixels for both, and for the server', () =>
    withPage(async (browser, url) => {
      const page = await browser.newPage({ viewport: { width: 1100, height: 1000 } });
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(url);
      // Not by frames, which a busy machine doesn't draw.
      await page.waitForFunction("document.body.dataset.done === 'true'", undefined, {
        polling: 100,
        timeout: 120_000,
      });
      const told = await page.$$eval('section', (sections) =>
        // Safe: each is an element of HTML.
        (sections as unknown as { dataset: Record<string, string> }[]).map(({ dataset }) => ({
          ...dataset,
        })),
      );
      assert.equal(
        told,
        Object.entries(digests).map(([kernel, digest]) => ({ kernel, digest, plain: digest })),
      );
      assert.equal(problems, []);
      const { TSNATIVE_SCREENSHOT: picture } = process.env;
      if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
      for (const text of await page.$$eval('.verdict', (all) => all.map((one) => one.textContent)))
        console.log(`» ${text}`);
    }));

test.run();
