/** Functions of small arrays whose calls may run at the same time, and some that must run in order. */
import { guvectorize, type NdArray } from 'tsnative/nd';

type Floats = NdArray<Float64Array>;

/** @native */
export const product = guvectorize('(n,k),(k,m)->(n,m)', (a: Floats, b: Floats, c: Floats) => {
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < b.shape[1]!; j++) {
      let sum = 0;
      for (let k = 0; k < a.shape[1]!; k++) sum += a.get(i, k) * b.get(k, j);
      c.set(i, j, sum);
    }
});

interface Best {
  value: number;
  index: number;
}

/** Its calls make objects, lists, strings and typed arrays. */
/** @native */
export const ranked = guvectorize('(n)->(n),()', (a: Floats, order: Floats, told: Floats) => {
  const n = a.shape[0]!;
  const all: Best[] = [];
  for (let i = 0; i < n; i++) all.push({ value: a.get(i), index: i });
  all.sort((x, y) => x.value - y.value || x.index - y.index);
  const scratch = new Float64Array(n);
  all.forEach((one, i) => (scratch[i] = one.index));
  let text = '';
  for (let i = 0; i < n; i++) {
    order.set(i, scratch[i]!);
    text += `${scratch[i]!},`;
  }
  told.set(text.length + (text.includes('3,') ? 0.5 : 0));
});

/** The text of its error is made when it happens. */
/** @native */
export const named = guvectorize('(n)->()', (a: Floats, out: Floats) => {
  const seen: string[] = [];
  for (let i = 0; i < a.shape[0]!; i++) {
    if (a.get(i) >= 1000) seen.push(`${a.get(i)} at ${i}`);
    out.set(a.get(i) * 2);
  }
  if (seen.length > 0) throw new RangeError(`wrong: ${seen.join(' and ')}`);
});

/** @native */
export const outside = guvectorize('(n)->()', (a: Floats, out: Floats) => {
  out.set(1);
  out.set(a.get(a.get(0)));
});

/** @native */
export const caught = guvectorize('(n)->()', (a: Floats, out: Floats) => {
  try {
    if (a.get(0) > 2) throw new TypeError(`no ${a.get(0)}`);
    out.set(a.get(0));
  } catch (error) {
    out.set(error instanceof TypeError ? -1 : -2);
  }
});

const depthOf = (n: number): number => (n <= 0 ? 0 : 1 + depthOf(n - 1));

/** @native */
export const deep = guvectorize('()->()', (a: Floats, out: Floats) => {
  out.set(depthOf(a.get()));
});

const lastOf = (a: Floats): Floats => a.pick(0, a.shape[0]! - 1);

function total(a: Floats): number {
  let sum = 0;
  for (let i = 0; i < a.size; i++) sum = sum * 1.5 + a.get(i);
  return sum;
}

/** It reads its argument by way of views and functions. */
/** @native */
export const viewed = guvectorize('(n,m)->(m),()', (a: Floats, row: Floats, out: Floats) => {
  const { shape } = a;
  row.assign(lastOf(a));
  const across = a.transpose().slice(0, undefined, undefined, -1);
  out.set(total(across.pick(0, 0)) + total(a.copy().reshape([-1])) + shape.length);
});

/** It writes its first argument, which the next calls read. */
/** @native */
export const counted = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  a.set(0, a.get(0) * 2 + x.get());
  out.set(a.get(0));
});

/** So does this, by way of a view and a function. */
const clear = (view: Floats, to: number): void => view.set(0, view.get(0) + to);

/** @native */
export const cleared = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  const last = a.slice(0, -1);
  clear(last, x.get());
  out.set(a.get(a.shape[0]! - 1));
});

/** And this, through the typed array itself. */
/** @native */
export const through = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  const { data } = a;
  [data[a.offset]] = [data[a.offset]! + x.get()];
  out.set(data[a.offset]!);
});

/** By the value of an assignment. */
/** @native */
export const assigned = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  let view = out;
  const other = (view = a);
  other.set(0, a.get(0) / 2 + x.get());
  out.set(view.get(0));
});

/** By a property that is written as an element. */
/** @native */
export const quoted = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  const data = a['data'];
  data[a.offset] = data[a.offset]! / 2 + x.get();
  out.set(a.get(0));
});

/** By what a function that calls itself gives back. */
function halved(view: Floats, times: number, by: number): Floats {
  if (times > 0) {
    const same = halved(view, times - 1, by);
    same.set(0, same.get(0) / 2 + by);
    return same;
  }
  return view;
}

/** @native */
export const repeated = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  halved(a, 2, x.get());
  out.set(a.get(0));
});

/** By a variable that another function sets. */
/** @native */
export const kept = guvectorize('(n),()->()', (a: Floats, x: Floats, out: Floats) => {
  let view = out;
  const keep = (one: Floats): void => {
    view = one;
  };
  keep(a);
  view.set(0, a.get(0) / 2 + x.get());
  out.set(a.get(0));
});

export const table = Float64Array.from({ length: 5000 }, (_, i) => i / 4);

/** It reads an array of the module, which may be where its result goes. */
/** @native */
export const looked = guvectorize('()->()', (a: Floats, out: Floats) => {
  out.set(a.get() + table[(Math.floor(a.get()) * 7) % 5000]!);
});

const tallies = new Float64Array(3);

/** It writes one. */
/** @native */
export const tallied = guvectorize('()->()', (a: Floats, out: Floats) => {
  tallies[0] = tallies[0]! * 0.5 + a.get();
  out.set(tallies[0]);
});

/** Five axes of its own, and elements of other classes. */
/** @native */
export const wide = guvectorize(
  '(a,b,c,d,e),(a)->(e,a)',
  (x: NdArray<Uint8Array>, y: NdArray<BigInt64Array>, out: NdArray<Int32Array>) => {
    for (let a = 0; a < x.shape[0]!; a++)
      for (let e = 0; e < x.shape[4]!; e++) {
        let sum = Number(y.get(a));
        for (let b = 0; b < x.shape[1]!; b++)
          for (let c = 0; c < x.shape[2]!; c++)
            for (let d = 0; d < x.shape[3]!; d++) sum = sum * 3 + x.get(a, b, c, d, e);
        out.set(e, a, sum);
      }
  },
  { type: Int32Array },
);

/** What comes later must be stored later, where places of results are the same. */
/** @native */
export const placed = guvectorize('()->()', (a: Floats, out: Floats) => {
  out.set(out.get() * 3 + a.get());
});
