/** The page in a real browser: choosing lines by mouse, keys and address. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { explain } from '../../compiler/explain.ts';
import { htmlReport } from '../../compiler/report/html.ts';
import { makeProject } from '../support/project.ts';
import { commandMissing, commandPath, testUnless } from '../support/skip.ts';
import { source } from './planted.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsnative-page-'));
const address = pathToFileURL(join(folder, 'report.html')).href;
const second = `/**
 * </script><b>"quoted"</b> &amp;
 * @native
 */
export function last(a: Uint8Array): number {
  return a[a.length - 1] ?? 0;
}
`;
const noBrowser = commandMissing('chromium');
let browser: Browser | undefined;

test.before(async () => {
  const project = makeProject({ 'src/planted.ts': source, 'src/other.ts': second });
  try {
    const { report } = await explain(
      { project: project.tsconfig, toolchain: 'bundled', level: 3, cpu: 'baseline', version: '1' },
      { progress: () => {} },
    );
    assert.ok(report);
    writeFileSync(join(folder, 'report.html'), htmlReport(report));
  } finally {
    project.remove();
  }
  if (noBrowser !== undefined) return;
  const { chromium } = await import('playwright-core');
  browser = await chromium.launch({
    executablePath: commandPath('chromium') ?? '',
    // Containers run as root, where Chromium's own sandbox can't start.
    args: ['--no-sandbox'],
  });
});

test.after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page of the report; whatever it asks of the network or throws fails the test. */
async function withPage(
  body: (page: Page) => Promise<void>,
  { hash = '', dark = false } = {},
): Promise<void> {
  assert.ok(browser);
  const page = await browser.newPage({
    viewport: { width: 1300, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
  });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) problems.push(request.url());
  });
  try {
    await page.goto(address + hash);
    await body(page);
    assert.equal(problems, []);
  } finally {
    await page.close();
  }
}

/** The number of the line in `planted.ts` that has this text. */
const lineOf = (text: string): number =>
  source.split('\n').findIndex((line) => line.includes(text)) + 1;

const details = (page: Page): Promise<string> => page.locator('aside').innerText();
const row = (page: Page, text: string): ReturnType<Page['locator']> =>
  page.locator('.sheet section:not([hidden]) li', { hasText: text });

testUnless(
  noBrowser,
  test,
  'a clicked line shows its types, checks, remarks and machine code',
  () =>
    withPage(async (page) => {
      await row(page, '// kept').click();
      const kept = await details(page);
      assert.match(kept, new RegExp(`Line ${lineOf('// kept')}\\b`));
      assert.match(kept, /is bounds-checked/);
      assert.match(kept, /Machine code[^]*\bcmp/);
      await row(page, '// unvectorised').click();
      assert.match(await details(page), /Not vectorised[^]*fastmath/);
      await row(page, '// vectorised').click();
      assert.match(
        await details(page),
        /Vectorised: \d+ elements at a time[^]*needs no bounds check/,
      );
      assert.is(await page.locator('li[aria-selected=true]').count(), 1);
    }),
);

testUnless(
  noBrowser,
  test,
  'keys go from line to line, from flaw to flaw, and from file to file',
  () =>
    withPage(async (page) => {
      await row(page, 'function product').click();
      await page.keyboard.press('n');
      assert.match(await details(page), /Not vectorised/);
      await page.keyboard.press('n');
      assert.match(await details(page), new RegExp(`Line ${lineOf('// kept') - 1}\\b`));
      await page.keyboard.press('j');
      assert.match(await details(page), new RegExp(`Line ${lineOf('// kept')}\\b`));
      await page.keyboard.press('ArrowUp');
      assert.match(await details(page), new RegExp(`Line ${lineOf('// kept') - 1}\\b`));
      await page.keyboard.press(']');
      assert.match(await page.locator('.sheet section:not([hidden]) h2').innerText(), /other\.ts/);
      await page.keyboard.press('?');
      assert.ok(await page.locator('dialog').isVisible());
    }),
);

testUnless(noBrowser, test, 'an address leads to its line, and the list to its function', () =>
  withPage(
    async (page) => {
      assert.match(await details(page), /`?new Float64Array`? allocates/);
      await page.locator('nav button', { hasText: 'middle' }).click();
      assert.match(page.url(), /#src\/planted\.ts:\d+$/);
      assert.is(await page.locator('nav button[aria-current=true] .name').innerText(), 'middle');
    },
    { hash: `#src/planted.ts:${lineOf('// allocation')}` },
  ),
);

testUnless(
  noBrowser,
  test,
  'hot lines are warmer than cold ones, in light and in dark',
  async () => {
    for (const dark of [false, true])
      await withPage(
        async (page) => {
          const heat = (text: string): Promise<number> =>
            row(page, text).evaluate((element) =>
              Number(getComputedStyle(element).getPropertyValue('--heat')),
            );
          assert.ok((await heat('// kept')) > (await heat('function scale')));
          const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          assert.is(ground === 'rgb(21, 20, 18)', dark);
        },
        { dark },
      );
  },
);

testUnless(noBrowser, test, 'source is shown as it is, whatever it holds', () =>
  withPage(async (page) => {
    await page.keyboard.press(']');
    const text = await page.locator('.sheet section:not([hidden]) .text').allInnerTexts();
    assert.equal(
      text.slice(0, 5).map((line) => line.trimEnd()),
      second.split('\n').slice(0, 5),
    );
  }),
);

test.run();
