/** What is shown of graphs: pictures, and the page that shows how far one is. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compute, task, visualize } from '../../runtime/graphs/index.ts';
import { TimelineBuilder } from '../../runtime/graphs/dashboard/timeline.ts';
import type { Picture, State } from '../../runtime/graphs/dashboard/watch.ts';
import { failure } from './schedulers.ts';
import { add, later, square, sum, unlucky } from './work.mjs';

const test = suite('pictures of graphs');
const folder = mkdtempSync(join(tmpdir(), 'tsnative-pictures-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** The texts of an SVG document, whose elements must be closed in order and whose attributes must be whole. */
function textsOf(svg: string): string[] {
  const open: string[] = [];
  const texts: string[] = [];
  const pieces = svg.matchAll(/<(\/?)(\w+)((?: [\w:-]+="[^"<&]*")*)(\/?)>|([^<]+)|</g);
  for (const [piece, end, name = '', , isEmpty, text] of pieces) {
    if (text !== undefined) {
      assert.not.match(text, /&(?!#\d+;)/, 'every & is escaped');
      if (open.at(-1) === 'text')
        texts.push(text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
    } else if (piece === '<') throw new Error(`'<' begins no element in ${svg}`);
    else if (end) assert.is(open.pop(), name);
    else if (!isEmpty) open.push(name);
  }
  assert.equal(open, []);
  return texts;
}

test('a box for each task, with its name and nothing else', async () => {
  const odd = task(square, { name: 'a <b> & "c" \u0000' })(2);
  const svg = await visualize([task(add)(odd, task(square)(3)), odd]);
  assert.equal(textsOf(svg).sort(), ['a <b> & "c" \ufffd', 'add', 'square']);
  assert.is(svg.match(/marker-end/g)?.length, 2, 'two lines');
  const file = join(folder, 'graph.svg');
  assert.is(await visualize(odd, { file }), readFileSync(file, 'utf8'));
  assert.is(await odd.visualize(), readFileSync(file, 'utf8'));
  const empty = await visualize([]);
  assert.equal(textsOf(empty), []);
  assert.match(empty, /viewBox="0 0 0 0"/);
});

test('tasks of a kind are one box where there are many', async () => {
  const squares = Array.from({ length: 1000 }, (_, i) => task(square)(i));
  const sums = Array.from({ length: 10 }, (_, i) =>
    task(sum)(squares.slice(i * 100, i * 100 + 100)),
  );
  assert.equal(textsOf(await visualize(task(sum)(sums))), ['square × 1000', 'sum × 10', 'sum']);
  let chain = task(square)(1);
  for (let i = 0; i < 5000; i++) chain = task(i % 2 === 0 ? add : square)(chain, 1);
  assert.equal(textsOf(await visualize(chain)), ['square × 2501', 'add × 2500']);
});

test('columns of time become longer when there are too many', () => {
  const builder = new TimelineBuilder(1000);
  builder.add('b', 1050, [10, 60, 5]);
  builder.add('a', 990, [0]);
  assert.equal(builder.timeline, {
    column: 100,
    workers: [
      { name: 'a', tasks: 1, columns: [1] },
      { name: 'b', tasks: 3, columns: [1, 2] },
    ],
  });
  builder.add('a', 1000, [20_000]);
  const { column, workers } = builder.timeline;
  assert.is(column, 200);
  assert.equal(workers[1]?.columns, [3]);
  assert.is(workers[0]?.columns.length, 101);
});

/** Events of the dashboard until the graph has ended. */
async function events(url: string): Promise<[Picture, State[]]> {
  const [response] = (await once(get(`${url}events`), 'response')) as [IncomingMessage];
  assert.is(response.headers['content-type'], 'text/event-stream');
  let [text, picture]: [string, Picture | undefined] = ['', undefined];
  const states: State[] = [];
  for await (const piece of response.setEncoding('utf8')) {
    text += piece;
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const event of whole) {
      const [, name, data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      if (name === 'picture') picture = JSON.parse(data) as Picture;
      else states.push(JSON.parse(data) as State);
    }
    if (states.at(-1)?.state !== 'running') break;
  }
  if (!picture) throw new Error('no picture came');
  return [picture, states];
}

test('the dashboard tells what happens, to this machine alone', async () => {
  for (const fails of [false, true]) {
    let told: Promise<[Picture, State[]]> | undefined;
    let address = '';
    const tasks = Array.from({ length: 30 }, (_, i) => task(later)(20, i));
    const last = task(sum)(tasks);
    const opened = (url: string): void => {
      address = url;
      told = events(url);
    };
    const what = fails ? [last, task(unlucky)(1, 3)] : [last];
    const promise = compute(what, { workers: 2, dashboard: { port: 0, opened } });
    if (fails) await failure(promise);
    else assert.equal(await promise, [435]);
    if (!told) throw new Error('no dashboard was opened');
    const [picture, states] = await told;
    assert.ok(textsOf(picture.svg).includes('sum'));
    assert.is(
      picture.boxes.reduce((all, { tasks }) => all + tasks, 0),
      fails ? 32 : 31,
    );
    assert.ok(states.length > 2, 'it tells more than once');
    const end = states.at(-1);
    assert.is(end?.state, fails ? 'failed' : 'done');
    assert.is(end?.done, 31);
    assert.is(end?.message, fails ? 'task unlucky failed: NoLuck: no luck with 3' : undefined);
    const ended = end?.timeline.workers.reduce((all, { tasks }) => all + tasks, 0);
    assert.is(ended, fails ? 32 : 31);

    const page = await fetch(address);
    assert.match(await page.text(), /^<!doctype html>/);
    const request = get(address, { headers: { host: 'elsewhere.example' } });
    const [refused] = (await once(request, 'response')) as [IncomingMessage];
    assert.is(refused.statusCode, 403);
    refused.resume();
  }
});

test.run();
