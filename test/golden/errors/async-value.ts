const names = [[1, 2], [3]];

/** @native */
export class Counter {
  count = 0;
}

/** @native */
export async function count(counters: Counter[]): Promise<number> {
  return counters[0].count;
}

/** @native */
export async function length(index: number): Promise<number> {
  return names[index].length;
}

/** @native */
export async function asked(f: (x: number) => number): Promise<number> {
  return f(1);
}

/** @native */
export async function caught(x: number): Promise<number> {
  try {
    if (x < 0) throw new Error('negative');
    return x;
  } catch (error) {
    return error instanceof Error ? error.message.length : 0;
  }
}
// rewritten:
const starts = new Int32Array([0, 2, 3]);

interface Counter {
  count: number;
}

/** @native */
export async function count(counters: Counter[]): Promise<number> {
  return counters[0].count;
}

/** @native */
export async function length(index: number): Promise<number> {
  return starts[index + 1] - starts[index];
}

export async function asked(f: (x: number) => number): Promise<number> {
  return f(1);
}

/** @native */
export async function caught(x: number): Promise<number> {
  if (x < 0) throw new Error('negative');
  return x;
}
