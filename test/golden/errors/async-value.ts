const names = [[1, 2], [3]];

/** @native */
export async function text(of: string): Promise<number> {
  return of.length;
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

/** @native */
export async function text(of: Uint8Array): Promise<number> {
  return of.length;
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
