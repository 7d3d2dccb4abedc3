/** Parallel loops that could have a race are refused; what is close to each, and has none, is not. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources } from '../../compiler/front-end.ts';
import { makeProject } from '../support/project.ts';
import { pairs } from './pairs.ts';

const test = suite('races');

const header = [
  "import { parallel } from 'tsnative';",
  "import type { i32, u8 } from 'tsnative';",
  'const table = new Float64Array(64);',
  'const fixed = 4;',
  'function half(x: number): number { return x / 2; }',
  'function put(to: Float64Array, i: number): void { to[i] = 1; }',
  'function first(of: Float64Array): number { return of[0]; }',
  'function fromTable(i: number): number { return table[i]; }',
  'function setTable(): void { table[0] = 1; }',
  'export const used = [half, put, first, fromTable, setTable, table, fixed];',
];
const parameters = [
  'out: Float64Array',
  'a: Float64Array',
  'ints: Int32Array',
  'n: number',
  'w: number',
  'h: number',
].join(', ');

/** Each function on a line of its own. */
const functionOf = (name: string, body: string): string =>
  `/** @native */ export function ${name}(${parameters}): void { ${body.replace(/\s+/g, ' ')} }`;

test('racy loops are refused, and loops like them accepted', () => {
  const functions = pairs.flatMap(({ race, fine }, index) => [
    functionOf(`race${index}`, race),
    functionOf(`fine${index}`, fine),
  ]);
  const text = [...header, ...functions].join('\n');
  const project = makeProject({ 'src/races.ts': text });
  try {
    const { diagnostics } = lowerSources(project.tsconfig);
    const wrong: string[] = [];
    pairs.forEach(({ race, fine, code }, index) => {
      const line = header.length + 2 * index + 1;
      const toldOf = (at: number): string[] =>
        diagnostics
          .filter(({ place, related = [] }) =>
            [place, ...related.map((one) => one.place)].some((one) => one?.line === at),
          )
          .map((one) => `${one.code} ${one.message}`);
      const told = toldOf(line);
      if (told.length === 0 || !told.every((one) => one.startsWith(code)))
        wrong.push(`not refused with ${code}: ${race}\n  ${told.join('\n  ')}`);
      const others = toldOf(line + 1);
      if (others.length > 0) wrong.push(`refused: ${fine}\n  ${others.join('\n  ')}`);
    });
    assert.equal(wrong, []);
    console.log(`  ${pairs.length} pairs`);
  } finally {
    project.remove();
  }
});

test('an array of another module is the same under any name', () => {
  const functions = [
    ['parallel.for(n, (i) => { t[0] = i; });', 'TSN2251'],
    ['parallel.for(n, (i) => { t[i] = table[i + 1]! + 1; });', 'TSN2251'],
    ['parallel.for(n, (i) => { usual[0] = i; });', 'TSN2251'],
    ['parallel.for(n, (i) => { t[i] = table[i]! + 1; });', undefined],
    ['parallel.invoke(() => { t[0] = n; }, () => { table[0] = 2; });', 'TSN2258'],
    ['parallel.invoke(() => { t[0] = n; }, () => { table[1] = 2; });', undefined],
  ] as const;
  const project = makeProject({
    'src/tables.ts': 'export const table = new Float64Array(64); export default table;',
    'src/races.ts': [
      "import { parallel } from 'tsnative';",
      "import usual, { table, table as t } from './tables.js';",
      ...functions.map(
        ([body], k) => `/** @native */ export function f${k}(n: number): void { ${body} }`,
      ),
      'export const used = [usual, table, t];',
    ].join('\n'),
  });
  try {
    const { diagnostics } = lowerSources(project.tsconfig);
    const told = functions.map(
      (_, k) => diagnostics.find(({ place }) => place?.line === k + 3)?.code,
    );
    assert.equal(
      told,
      functions.map(([, code]) => code),
    );
  } finally {
    project.remove();
  }
});

test.run();
