/** The measurements as text. */
import { aims } from './aims.ts';
import { peers, type Peer } from './contenders/index.ts';
import { table } from './figures.ts';
import type { Measurement } from './run-kernel.ts';
import { geometricMean, ratiosOf } from './summary.ts';

const titles: Readonly<Record<Peer, string>> = {
  clang: 'clang',
  v8: 'V8',
  assemblyscript: 'AssemblyScript',
  wasm: 'AS unchecked',
  plain: 'no hints',
  unchecked: 'unchecked',
};

/** The table, the losses with their spread, and the aims. */
export function report(measurements: readonly Measurement[]): string {
  const present = peers.filter((peer) => ratiosOf(measurements, peer).length > 0);
  const means = (title: string, some: readonly Measurement[]): string[][] =>
    some.length === 0
      ? []
      : [
          [
            title,
            '',
            '',
            '',
            ...present.map((peer) => figure(geometricMean(ratiosOf(some, peer)))),
          ],
        ];
  const ofSuite = (suite: string): Measurement[] =>
    measurements.filter(({ kernel }) => kernel.suite === suite);
  const text = table([
    ['kernel', 'size', 'data', 'tsnative', ...present.map((peer) => titles[peer])],
    ...measurements.map((one) => row(one, present)),
    ...means('geometric mean, PolyBench', ofSuite('polybench')),
    ...means('geometric mean, others', ofSuite('other')),
    ...means('geometric mean, with objects', ofSuite('heap')),
    ...means('geometric mean', measurements),
  ]);
  return [
    text,
    '\nRatios are times over that of tsnative with checks and hints: above 1, tsnative is faster.',
    ...absent(measurements),
    ...losses(measurements),
    ...differences(measurements),
    '\naims',
    table([
      ['', 'measured', ''],
      ...aims(measurements).map(({ text, actual, isMet }) => [
        text,
        figure(actual),
        isMet ? 'met' : 'MISSED',
      ]),
    ]),
  ].join('\n');
}

function row({ kernel, size, bytes, pairs }: Measurement, present: readonly Peer[]): string[] {
  const ours = present.flatMap((peer) => pairs[peer]?.ours ?? [])[0] ?? NaN;
  return [
    kernel.name,
    size,
    `${Math.ceil(bytes / 1024)} kB`,
    milliseconds(ours),
    ...present.map((peer) => (pairs[peer] ? figure(pairs[peer].ratio.median) : '–')),
  ];
}

function losses(measurements: readonly Measurement[]): string[] {
  const rivals = ['clang', 'v8', 'assemblyscript', 'wasm'] as const;
  const rows = rivals.flatMap((peer) =>
    measurements.flatMap(({ kernel, size, pairs }) => {
      const pair = pairs[peer];
      if (pair === undefined || pair.ratio.median >= 1) return [];
      const { median, low, high } = pair.ratio;
      const times = [pair.ours, pair.theirs].map(milliseconds);
      const place = [kernel.name, size, titles[peer]];
      return [
        {
          median,
          cells: [...place, figure(median), `${figure(low)} to ${figure(high)}`, ...times],
        },
      ];
    }),
  );
  if (rows.length === 0) return ['\nNo losses.'];
  const sorted = [...rows].sort((a, b) => a.median - b.median).map(({ cells }) => cells);
  return [
    `\n${rows.length} losses`,
    table([['kernel', 'size', 'to', 'ratio', '80 % lie in', 'tsnative', 'peer'], ...sorted]),
  ];
}

const absent = (measurements: readonly Measurement[]): string[] => [
  ...new Set(
    measurements.flatMap(({ kernel: { name, notInAssemblyScript: reason } }) =>
      reason === undefined ? [] : [`${name} is not in AssemblyScript: ${reason}`],
    ),
  ),
];

const differences = (measurements: readonly Measurement[]): string[] => {
  const found = measurements.flatMap((one) => one.differences);
  if (found.length > 0) return ['\nRESULTS DIFFER', ...found];
  return [
    '\nAll results are identical; where Math has no exact ones, ours have our library’s bits.',
  ];
};

const figure = (ratio: number): string => ratio.toFixed(2);
const milliseconds = (time: number): string => `${time.toPrecision(3)} ms`;
