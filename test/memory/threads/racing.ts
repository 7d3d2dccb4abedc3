/** Waits for another call, and then adds to elements that it adds to as well. */
/** @native */
export async function add(shared: Int32Array, rounds: number): Promise<void> {
  Atomics.add(shared, 1024, 1);
  while (Atomics.load(shared, 1024) < 2);
  for (let i = 0; i < rounds; i++) shared[(i * 7) & 1023]++;
}
