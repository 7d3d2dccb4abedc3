/** @native */
export function find(bytes: Buffer, byte: number): number {
  return bytes.indexOf(byte);
}
// rewritten:
/** @native */
export function find(bytes: Uint8Array, byte: number): number {
  return bytes.indexOf(byte);
}
