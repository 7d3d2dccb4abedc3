/** @native */
export function first(buffer: ArrayBuffer): number {
  return new Uint8Array(buffer)[0]!;
}

/** @native */
export function bufferOf(array: Float64Array): ArrayBufferLike {
  return array.buffer;
}
// rewritten:
/** @native */
export function first(buffer: Uint8Array): number {
  return buffer[0]!;
}
