/** Adds to elements that the threads of other calls add to as well. */
/** @native */
export async function add(shared: Int32Array, rounds: number): Promise<void> {
  for (let i = 0; i < rounds; i++) shared[(i * 7) & 1023]++;
}
