/** `npm run memory`: calls each function of `programs.ts` a million times; it may leave nothing behind. */
import { measureGrowth } from './growth.ts';

/** Growth in bytes that is noise of the engine. */
const noise = 1_000_000;

const at = process.argv.indexOf('--calls');
const calls = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
let [worst, failed] = [0, 0];
for (const level of [3, 0] as const) {
  console.log(`${calls} calls each, -O${level}: growth of the resident set`);
  await measureGrowth(calls, level, ({ name, growth, nanoseconds }) => {
    worst = Math.max(worst, growth);
    if (growth >= noise) failed++;
    const size = `${(growth / 1024).toFixed(0)} KiB`;
    const mark = growth < noise ? ' ' : '✘';
    console.log(
      `${mark} ${name.padEnd(14)} ${size.padStart(10)} ${nanoseconds.toFixed(0).padStart(7)} ns a call`,
    );
  });
}
console.log(`${failed} grew by 1 MB or more; the most is ${(worst / 1024).toFixed(0)} KiB`);
process.exitCode = failed > 0 ? 1 : 0;
