/** The dashboard's page in a real browser. */
import type { Browser } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compute, task } from '../../runtime/graphs/index.ts';
import { commandMissing, commandPath, testUnless } from '../support/skip.ts';
import { failure } from './schedulers.ts';
import { add, later, sum, unlucky } from './work.mjs';

const noBrowser = commandMissing('chromium');
let browser: Browser | undefined;

test.before(async () => {
  if (noBrowser !== undefined) return;
  const { chromium } = await import('playwright-core');
  const executablePath = commandPath('chromium') ?? '';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
test.after(async () => browser?.close());

testUnless(noBrowser, test, 'it shows a graph that runs, its end, and the next graph', async () => {
  if (!browser) return;
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  const text = (id: string): Promise<string | null> => page.textContent(`#${id}`);
  const ends = (state: string): Promise<unknown> => page.waitForSelector(`#state.${state}`);

  let shown: Promise<unknown> | undefined;
  const opened = (url: string): void => void (shown ??= page.goto(url));
  const dashboard = { port: 0, opened };
  const tasks = Array.from({ length: 40 }, (_, i) => task(later)(20, i));
  await compute(task(sum)(tasks), { workers: 2, dashboard });
  await shown;
  await ends('done');
  assert.is(await text('done'), '41 of 41');
  assert.is(await page.locator('#picture .box').count(), 41);
  assert.is(await page.locator('#picture .running, #picture .idle, #picture .failed').count(), 0);
  assert.equal(
    await page
      .locator('#names td')
      .allTextContents()
      .then((all) => all.slice(0, 3)),
    ['later', '40', '40'],
  );
  const rows = await page.locator('.worker').allTextContents();
  assert.is(rows.length, 2);

  const bad = task(unlucky, { name: '<b>bad</b>' })(1, 7);
  await failure(compute(task(add)(bad, 1), { dashboard }));
  await ends('failed');
  assert.is(await text('message'), 'task <b>bad</b> failed: NoLuck: no luck with 7');
  assert.is(await page.locator('#picture .failed').textContent(), '<b>bad</b><b>bad</b>');
  assert.is(await page.locator('#picture .idle text').textContent(), 'add');
  assert.equal(problems, []);
});

test.run();
