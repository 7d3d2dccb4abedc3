// Makes and drops instances, and tells whether native memory is free again. Runs with --expose-gc.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setImmediate as later } from 'node:timers/promises';

const folder = process.argv[2];
const { Particle, Charged, World, row, heaviest, link } = await import(
  pathToFileURL(join(folder, 'particles.js')).href
);
const { Grid, Mixer, churn, failing } = await import(pathToFileURL(join(folder, 'arrays.js')).href);
const glue = readdirSync(join(folder, 'native')).find((name) => name.endsWith('.cjs'));
const native = createRequire(import.meta.url)(join(folder, 'native', glue));
const live = () => native.live();

async function collected() {
  for (let round = 0; round < 20; round++) {
    await later();
    gc();
  }
}
function use() {
  let last;
  for (let i = 0; i < 1000; i++) {
    const p = new Particle(i, 1).named(`particle ${i}`);
    p.next = new Charged(i, 2);
    p.next.next = last ?? null;
    p.step(1);
    last = p;
  }
  for (let i = 0; i < 300; i++) {
    const grid = new Grid(i % 7, 3);
    grid.step();
    grid.cells = new Float64Array(5);
    grid.grown(i % 40);
    new Grid(1, 1, grid.cells).shares(grid);
    try {
      failing(grid, i % 2);
    } catch {}
    const mixer = new Mixer(grid.cells, grid.copy().cells);
    mixer.add('one', grid.cells);
    mixer.mix(0);
    grid.show((cells) => grid.total() + cells.length);
  }
  churn(50);
  const world = new World();
  for (const one of row(100)) world.add(one);
  heaviest(world.particles);
  link(row(10));
  try {
    heaviest([...row(3), 5]);
  } catch {}
  try {
    new Particle(1, 2, -1);
  } catch {}
}
// The table of instances gets its room.
use();
await collected();
const before = live();
use();
await collected();
const after = live();
// What is still referred to stays as it was.
const kept = row(3);
link(kept);
const [first] = kept;
kept.length = 0;
use();
await collected();
if (first.next.next.x !== 2) console.log('lost');
// Arrays go with what keeps them: they would be 3 GB together.
let most = 0;
for (let i = 0; i < 200; i++) {
  new Grid(1000, 1000).total();
  if (i % 10 === 0) await collected();
  most = Math.max(most, process.memoryUsage().arrayBuffers);
}
if (most > 1e9) console.log(`${most} bytes of arrays`);
console.log(after === before ? 'all freed' : `${after - before} blocks are left`);
