const limit = 2 ** 10;
const table = new Uint16Array([1, 2, 3]);

/** @native */
export function lookup(index: number): number {
  return index < limit ? table[index]! : limit;
}
