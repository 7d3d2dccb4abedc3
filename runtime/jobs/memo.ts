/** Results on the disk, by code and input. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { cacheFolder } from '../folders.ts';
import type { Located } from '../workers/locate.ts';
import { hashOfCode } from './code.ts';

export class Memo {
  private readonly folder: string;
  private readonly code: Promise<string>;
  private readonly name: string;

  constructor({ url, name }: Located, folder: string | true) {
    this.folder = folder === true ? join(cacheFolder(fileURLToPath(url)), 'memo') : resolve(folder);
    this.code = hashOfCode(url);
    // Nobody waits for it before the first look-up.
    this.code.catch(() => {});
    this.name = name;
  }

  /**
   * What an input is kept by.
   * @throws TypeError for what can't be written down, such as functions and shared memory
   */
  async keyOf(input: unknown): Promise<string> {
    const code = await this.code;
    const hash = createHash('sha256').update(JSON.stringify([process.version, code, this.name]));
    try {
      return hash.update(serialize(input)).digest('hex');
    } catch (cause) {
      throw new TypeError('jobs: with `memo` an input must be what structuredClone copies', {
        cause,
      });
    }
  }

  async get(key: string): Promise<{ readonly value: unknown } | undefined> {
    try {
      return { value: deserialize(await readFile(this.pathOf(key))) as unknown };
    } catch {
      // It isn't there, or isn't whole.
      return undefined;
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    // Other processes see all of it or nothing.
    const written = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(written, serialize(value));
    await rename(written, path);
  }

  private pathOf(key: string): string {
    return join(this.folder, key.slice(0, 2), key.slice(2));
  }
}
