/** Strings in the memory of WebAssembly, unit by unit: decoders replace what is no valid text, native code keeps it. */

/** So many units are arguments of one call. */
const unitsAtOnce = 4096;

/** The string of UTF-16 units, or of Latin-1 bytes. */
export function textOfUnits(units: Uint16Array | Uint8Array): string {
  let text = '';
  for (let start = 0; start < units.length; start += unitsAtOnce) {
    const part = units.subarray(start, start + unitsAtOnce);
    text += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  return text;
}

/** Writes the units of a string into room for them. */
export function putUnits(text: string, to: Uint16Array | Uint8Array): void {
  for (let index = 0; index < to.length; index++) to[index] = text.charCodeAt(index);
}
