declare function crc(bytes: Uint8Array): number;

/** @native */
export function check(bytes: Uint8Array): boolean {
  return crc(bytes) === 0;
}
// rewritten:
/** @native */
export function check(crcOfBytes: number): boolean {
  return crcOfBytes === 0;
}
