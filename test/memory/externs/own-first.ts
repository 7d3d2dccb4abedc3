/** Copies of shared libraries that call their own functions first, where the loader can't be asked for that. */
import { existsSync, readFileSync, realpathSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ELF specification's `PT_DYNAMIC` and `DT_SYMBOLIC`. */
const [dynamicSegment, symbolic] = [2, 16n];
const entrySize = 16;

/**
 * Writes a copy of an installed library into a folder, with `DT_SYMBOLIC` in the place of the first of the empty entries
 * at the end of its dynamic section.
 * @returns its file; undefined where it isn't installed
 */
export function ownFirst(name: string, folder: string): string | undefined {
  const start = `lib${name}.so.`;
  for (const place of ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64']) {
    const file = existsSync(place)
      ? readdirSync(place).find((one) => one.startsWith(start))
      : undefined;
    if (file === undefined) continue;
    const bytes = readFileSync(realpathSync(join(place, file)));
    markSymbolic(bytes);
    const copy = join(folder, file);
    writeFileSync(copy, bytes);
    return copy;
  }
  return undefined;
}

function markSymbolic(bytes: Buffer): void {
  const [headers, size, count] = [
    Number(bytes.readBigUInt64LE(32)),
    bytes.readUInt16LE(54),
    bytes.readUInt16LE(56),
  ] as const;
  for (let index = 0; index < count; index++) {
    const header = headers + index * size;
    if (bytes.readUInt32LE(header) !== dynamicSegment) continue;
    const from = Number(bytes.readBigUInt64LE(header + 8));
    const end = from + Number(bytes.readBigUInt64LE(header + 32));
    // The last entry has to stay empty.
    for (let at = from; at + 2 * entrySize <= end; at += entrySize)
      if (bytes.readBigUInt64LE(at) === 0n) {
        bytes.writeBigUInt64LE(symbolic, at);
        return;
      }
  }
  throw new Error('there is no empty entry');
}
