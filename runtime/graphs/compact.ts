/** Copies that are as small as what is copied. */

/**
 * A typed array over a part of an ArrayBuffer as one of its own, as a copy would take the whole buffer along. One over
 * shared memory stays, as that isn't copied.
 */
export function compact(value: unknown): unknown {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return value;
  const { buffer, byteLength } = value;
  const isPart = buffer instanceof ArrayBuffer && byteLength < buffer.byteLength;
  return isPart ? (value as Uint8Array).slice() : value;
}
