/** Prints and reads numbers in batches, compares with the engine, and takes the time of both. */
import type { Functions } from './implementations.ts';

/** Loops over a batch, of `loops.ts`. */
export interface Loops {
  formatAll(numbers: Float64Array, out: Uint8Array, ends: Int32Array): number;
  parseAll(units: Uint8Array, ends: Int32Array, numbers: Float64Array): void;
  parseFloatAll(units: Uint8Array, ends: Int32Array, numbers: Float64Array): void;
  formatFixedAll(numbers: Float64Array, out: Uint8Array, ends: Int32Array): number;
}

/** The loops in JavaScript, around the library as JavaScript. */
export function javaScriptLoops(
  f: Pick<Functions, 'formatNumber' | 'formatFixed' | 'stringToNumber.u8' | 'parseFloat.u8'>,
): Loops {
  const write =
    (format: (x: number, out: Uint8Array, at: number) => number): Loops['formatAll'] =>
    (numbers, out, ends) => {
      let at = 0;
      numbers.forEach((x, index) => {
        at = format(x, out, at);
        ends[index] = at;
      });
      return at;
    };
  const read =
    (parse: (units: Uint8Array, from: number, to: number) => number): Loops['parseAll'] =>
    (units, ends, numbers) =>
      ends.forEach((to, index) => {
        numbers[index] = parse(units, index === 0 ? 0 : (ends[index - 1] ?? 0), to);
      });
  return {
    formatAll: write(f.formatNumber),
    formatFixedAll: write((x, out, at) => f.formatFixed(x, 2, out, at)),
    parseAll: read(f['stringToNumber.u8']),
    parseFloatAll: read(f['parseFloat.u8']),
  };
}

/** Nanoseconds of processor time that everything took, and the engine for the same. */
export interface Times {
  own: number;
  engine: number;
}
export type Measured = 'String(x)' | 'Number(s)' | 'parseFloat(s)' | 'x.toFixed(2)';

/** What a batch came to. Empty `wrong` is what should be. */
export interface Batch {
  readonly wrong: readonly string[];
  readonly times: Readonly<Record<Measured, Times>>;
}

/** Processor time, which other processes don't lengthen. */
const timed = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
};

/** What the engine computed, so that it must compute it. */
export let used = 0;

/** Makes what runs batches of up to `most` numbers, with arrays that all of them use. */
export function roundTrips(loops: Loops, most: number): (numbers: Float64Array) => Batch {
  const [text, fixedText] = [new Uint8Array(most * 32), new Uint8Array(most * 32)];
  const [allEnds, allFixedEnds] = [new Int32Array(most), new Int32Array(most)];
  const [allBack, allAgain] = [new Float64Array(most), new Float64Array(most)];
  // Memory is there before the clock starts.
  for (const array of [text, fixedText, allEnds, allFixedEnds, allBack, allAgain]) array.fill(1);
  return (numbers) => {
    const { length } = numbers;
    return roundTrip(loops, numbers, {
      text,
      fixedText,
      ends: allEnds.subarray(0, length),
      fixedEnds: allFixedEnds.subarray(0, length),
      back: allBack.subarray(0, length),
      again: allAgain.subarray(0, length),
    });
  };
}

interface Arrays {
  readonly text: Uint8Array;
  readonly fixedText: Uint8Array;
  readonly ends: Int32Array;
  readonly fixedEnds: Int32Array;
  readonly back: Float64Array;
  readonly again: Float64Array;
}

/** Numbers to text, which must be the engine's, and back, which must be the same bits. */
function roundTrip(loops: Loops, numbers: Float64Array, arrays: Arrays): Batch {
  const { length } = numbers;
  const { text, fixedText, ends, fixedEnds, back, again } = arrays;
  const smallOnes = small(numbers);
  const texts: string[] = new Array<string>(length).fill('');
  const fixedTexts: string[] = new Array<string>(length).fill('');
  const engine = {
    print: timed(() => {
      for (let i = 0; i < length; i++) texts[i] = String(numbers[i]);
    }),
    fixed: timed(() => {
      for (let i = 0; i < length; i++) fixedTexts[i] = (smallOnes[i] ?? 0).toFixed(2);
    }),
    read: timed(() => {
      for (let i = 0; i < length; i++) used += Number(texts[i]);
    }),
    readFloat: timed(() => {
      for (let i = 0; i < length; i++) used += parseFloat(texts[i] ?? '');
    }),
  };
  const own = {
    print: timed(() => loops.formatAll(numbers, text, ends)),
    fixed: timed(() => loops.formatFixedAll(smallOnes, fixedText, fixedEnds)),
    read: timed(() => loops.parseAll(text, ends, back)),
    readFloat: timed(() => loops.parseFloatAll(text, ends, again)),
  };
  const wrong: string[] = [];
  const [printed, printedFixed] = [Buffer.from(text.buffer), Buffer.from(fixedText.buffer)];
  const piece = (from: Buffer, at: Int32Array, index: number): string =>
    from.toString('latin1', index === 0 ? 0 : at[index - 1], at[index]);
  for (let i = 0; i < length; i++) {
    const shown = piece(printed, ends, i);
    if (shown !== texts[i]) wrong.push(`${texts[i]} printed as ${shown}`);
    const twoPlaces = piece(printedFixed, fixedEnds, i);
    if (twoPlaces !== fixedTexts[i]) wrong.push(`${fixedTexts[i]} printed as ${twoPlaces}`);
    // Number(String(-0)) is 0.
    const expected = (numbers[i] ?? NaN) + 0;
    if (!Object.is(back[i], expected)) wrong.push(`${shown} read as ${back[i]}`);
    if (!Object.is(again[i], expected)) wrong.push(`${shown} read as ${again[i]} by parseFloat`);
  }
  return {
    wrong,
    times: {
      'String(x)': { own: own.print, engine: engine.print },
      'Number(s)': { own: own.read, engine: engine.read },
      'parseFloat(s)': { own: own.readFloat, engine: engine.readFloat },
      'x.toFixed(2)': { own: own.fixed, engine: engine.fixed },
    },
  };
}

/** The same numbers brought below 10^8, so that two digits behind the point are about what people print. */
const small = (numbers: Float64Array): Float64Array =>
  numbers.map((x) => (Math.abs(x) < 1e8 ? x : (x % 1e8) + 0));
