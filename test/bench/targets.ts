/**
 * `npm run bench:targets`: one build of all samples for all platforms: how long it takes with nothing there yet, for
 * one platform more, and where one binary is gone; how large the binaries are. Then the size of an addon with
 * the six samples of numbers and typed arrays for one level of CPUs. Ends with 1 where an aim is missed.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytes as sizeOf } from '../../compiler/cli/format.ts';
import { aimed, median, table } from './figures.ts';
import { buildSamples, layOutSamples, remove } from './samples.ts';

const aims = { cold: 20, one: 1, bytes: 100_000 };
const runs = 3;
const six = ['blur', 'csv', 'fft', 'mandelbrot', 'nbody', 'sha256'];
const last = 'win32-arm64';

const folder = layOutSamples();
const few = layOutSamples(six);
const met: boolean[] = [];
const tell = (isMet: boolean, figure: string, aim: string): void => {
  met.push(isMet);
  console.log(aimed(isMet, figure, aim));
};
try {
  const all = { upToDate: false, options: ['--target', 'all'] };
  const cold: number[] = [];
  const one: number[] = [];
  const gone: number[] = [];
  const computed: number[] = [];
  let addons: ReturnType<typeof buildSamples>['addons'] = [];
  for (let run = 0; run < runs; run++) {
    remove(join(folder, 'out'), join(folder, 'node_modules/.cache'));
    const built = buildSamples(folder, all);
    ({ addons } = built);
    cold.push(built.seconds);
    computed.push(built.computed);
    one.push(buildSamples(folder, { upToDate: false, options: ['--target', last] }).seconds);
    const binary = addons.findIndex(({ platform }) => platform === last);
    const native = join(folder, 'out/native');
    if (binary < 0) throw new Error(`there is nothing for ${last}`);
    remove(
      ...readdirSync(native).flatMap((name) => (name.includes(last) ? [join(native, name)] : [])),
    );
    gone.push(buildSamples(folder, all).seconds);
  }
  const sizes = addons.map(({ platform, bytes }) => [platform, sizeOf(bytes)]);
  console.log(table([['all samples', 'size'], ...sizes]));
  const told = (seconds: readonly number[]): string => `${median(seconds).toFixed(2)} s`;
  const platforms = `${addons.length} platforms`;
  tell(median(cold) <= aims.cold, `${told(cold)} for ${platforms}, cold`, `${aims.cold} s`);
  tell(median(one) <= aims.one, `${told(one)} for ${last} alone behind that`, `${aims.one} s`);
  console.log(`  ${told(computed)} of processors for ${platforms}, cold`);
  console.log(`  ${told(gone)} for ${platforms} where the binary of ${last} is gone`);
  const [addon] = buildSamples(few, { upToDate: false, options: ['--cpu', 'baseline'] }).addons;
  const bytes = addon?.bytes ?? NaN;
  const names = six.join(', ');
  tell(bytes <= aims.bytes, `${sizeOf(bytes)} for ${names}`, sizeOf(aims.bytes));
} finally {
  remove(folder, few);
}
process.exitCode = met.includes(false) ? 1 : 0;
