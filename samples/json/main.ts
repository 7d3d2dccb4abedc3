import { readFileSync, writeFileSync } from 'node:fs';
import { resultPath } from '../support/files.js';
import { present } from '../support/present.js';
import { summarize } from './json.js';

const count = 20_000;
const things = ['Lamp', 'Stuhl', 'Tisch "Élan"', 'Buch\\Band', 'Tasse ☕', 'Cable\t3 m', '茶'];
const tags = [
  'home',
  'office',
  'new',
  'sale',
  'été',
  'küche',
  'light "warm"',
  '日本',
  'used',
  'gift',
];

/** A catalogue, as shops send it to each other. */
function catalogue(): string {
  let seed = 20261129;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
  const products = Array.from({ length: count }, (_, id) => ({
    id,
    name: `${things[random(things.length)]} no. ${random(1000)}`,
    price: random(3) === 0 ? random(1000) * 1.1e-3 : random(100_000) / 100,
    tags: Array.from({ length: random(5) }, () => tags[random(tags.length)]),
    size: { width: random(100), height: random(100), unit: random(9) === 0 ? null : 'cm' },
    active: random(5) > 0,
  }));
  const text = JSON.stringify(products);
  // As writers of ASCII have it.
  const escaped = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[\u0080-\uffff]/g, escaped);
}

const file = resultPath('catalogue.json');
writeFileSync(file, catalogue());
const text = readFileSync(file, 'utf8');

present({
  title: `JSON of ${count} products, ${(text.length / 2 ** 20).toFixed(1)} MiB`,
  work: () => summarize(text),
  bytes: (result) => Buffer.from(JSON.stringify(result)),
  describe: (result) => [
    file,
    ...result.map(
      ({ name, products, active, total, dearest }) =>
        `${name}: ${products} products, ${active} active for ${total.toFixed(2)}, the dearest is ${dearest}`,
    ),
  ],
});
