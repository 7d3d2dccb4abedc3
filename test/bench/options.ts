/** The command line of `npm run bench`. */
import yargs from 'yargs';
import { peers, type Peer } from './contenders/index.ts';
import type { SizeName, Suite } from './kernels/case.ts';
import { kernels, type Kernel } from './kernels/index.ts';

export interface Options {
  readonly kernels: readonly Kernel[];
  readonly sizes: readonly SizeName[];
  readonly against: readonly Peer[];
  readonly cpu: string | undefined;
  readonly json: string | undefined;
  readonly svg: string;
}

const suites: readonly Suite[] = ['polybench', 'other', 'heap'];
const sizes: readonly SizeName[] = ['test', 'small', 'large'];

/** @throws for what there is not, with what there is */
export function readOptions(args: readonly string[]): Options {
  const parsed = yargs([...args])
    .scriptName('npm run bench --')
    .usage('Measures what tsnative makes of some algorithms beside C, V8 and AssemblyScript.')
    .options({
      only: { type: 'string', describe: 'kernels to run, with commas between' },
      suite: { choices: suites, describe: 'run this suite alone; default: those written in C too' },
      size: { type: 'string', default: 'small,large', describe: `of ${sizes.join(', ')}` },
      against: { type: 'string', default: peers.join(), describe: 'whom to compare with' },
      cpu: { type: 'string', describe: 'as for tsnative build; the C is for what runs here' },
      json: { type: 'string', describe: 'write the ratios to this file' },
      svg: { type: 'string', default: 'test/bench/results/chart.svg', describe: 'the chart' },
    })
    .strict()
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseSync();
  const { suite, only, cpu, json, svg } = parsed;
  const names =
    only === undefined
      ? undefined
      : among(
          only,
          kernels.map(({ name }) => name),
        );
  return {
    kernels: kernels.filter(
      (kernel) =>
        names?.includes(kernel.name) ??
        (suite === undefined ? kernel.cFile !== undefined : kernel.suite === suite),
    ),
    sizes: among(parsed.size, sizes),
    against: among(parsed.against, peers),
    cpu,
    json,
    svg,
  };
}

/** The values of a list with commas. */
function among<T extends string>(list: string, known: readonly T[]): T[] {
  return list.split(',').map((word) => {
    const found = known.find((one) => one === word);
    if (found === undefined) throw new Error(`there is no '${word}' among ${known.join(', ')}`);
    return found;
  });
}
