/** Where samples put what they make, and how they write pictures. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';

const folder = fileURLToPath(new URL('../results/', import.meta.url));

/** The path of a result file, in a folder that is there. */
export function resultPath(name: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Writes RGBA pixels, four bytes each, row by row, as a PNG and returns its path. */
export function writePng(name: string, width: number, height: number, rgba: Uint8Array): string {
  const image = new PNG({ width, height });
  image.data.set(rgba);
  const path = resultPath(name);
  writeFileSync(path, PNG.sync.write(image));
  return path;
}
