/** How long changing the case of texts takes, beside the engine. */
import type { AnyFunction } from '../boundary/addon.ts';

const texts = {
  ASCII: 'The quick brown Fox jumps over the lazy Dog. ',
  'Latin-1': 'Größe über Äpfel, naïve façade Él ',
  Cyrillic: 'Съешь ещё этих мягких Французских булок ',
  Greek: 'Ξεσκεπάζω την ΨΥΧΟΦΘΟΡΑ βδελυγμία. ',
  Japanese: '色は匂へど散りぬるを我が世誰ぞ常ならむ',
};
const count = 20_000;

/** Nanoseconds of processor time, of the fastest of some runs. */
function timed(run: () => void): number {
  const times = Array.from({ length: 7 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) * 1000;
  });
  return Math.min(...times);
}

/** What the engine computed, so that it must compute it. */
export let used = 0;

/** Prints nanoseconds a unit. @param loops `upperCaseAll` and `lowerCaseAll` of `loops.ts`, for 16-bit units */
export function printCaseTimes(loops: Readonly<Record<'upper' | 'lower', AnyFunction>>): void {
  console.log('\nnanoseconds of processor time a unit: own (V8)');
  console.log(`${''.padEnd(10)}  toUpperCase  toLowerCase`);
  for (const [name, text] of Object.entries(texts)) {
    const words = Array.from(
      { length: count },
      (_, i) => text + String.fromCharCode(97 + (i % 26)),
    );
    const all = words.join('');
    const units = Uint16Array.from({ length: all.length }, (_, index) => all.charCodeAt(index));
    const ends = Int32Array.from(words, (_, index) => (index + 1) * (text.length + 1));
    const out = new Uint16Array(all.length * 3).fill(1);
    const columns = (['upper', 'lower'] as const).map((which) => {
      const own = timed(() => void loops[which](units, ends, out));
      const engine = timed(() => {
        for (const word of words)
          used += (which === 'upper' ? word.toUpperCase() : word.toLowerCase()).length;
      });
      const [a, b] = [own, engine].map((time) => (time / all.length).toFixed(1));
      return `${a} (${b})`.padStart(12);
    });
    console.log(`${name.padEnd(10)} ${columns.join(' ')}`);
  }
}
