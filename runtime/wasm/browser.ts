/** What the loader has in a browser in place of Node. */
import { WasmInstance } from './instance.ts';
import { nodeApi } from './node-api.ts';
import { exportsOf, instantiating, openModule } from './open.ts';
import { putUnits, textOfUnits } from './strings.ts';

/** As much of the engine's own as is used here, which TypeScript knows from browsers alone. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ readonly exports: unknown }>;
};

/** As much of a Buffer of Node's as the wire uses. */
class BytesOfText extends Uint8Array {
  /** Writes a text into so many bytes; gives how many it took. */
  write(
    text: string,
    start: number,
    bytes: number,
    encoding: 'latin1' | 'utf8' | 'utf16le',
  ): number {
    const to = this.subarray(start, start + bytes);
    switch (encoding) {
      case 'utf8':
        return new TextEncoder().encodeInto(text, to).written;
      case 'utf16le':
        putUnits(text, new Uint16Array(this.buffer, to.byteOffset, bytes / 2));
        return bytes;
      case 'latin1':
        putUnits(text, to);
        return bytes;
    }
  }

  /** The text of bytes. */
  override toString(
    encoding: 'latin1' | 'utf16le' = 'latin1',
    start = 0,
    end = this.length,
  ): string {
    const bytes = this.subarray(start, end);
    return textOfUnits(
      encoding === 'latin1'
        ? bytes
        : new Uint16Array(this.buffer, bytes.byteOffset, bytes.length / 2),
    );
  }
}

/** As much of Node's `Buffer` as the loader uses. */
export const BufferOfBrowser = Object.assign(BytesOfText, {
  from: (buffer: ArrayBuffer, start = 0, length?: number): BytesOfText =>
    new BytesOfText(buffer, start, length),
  byteLength: (text: string): number => new TextEncoder().encode(text).length,
});

/** What was fetched, and what runs of it, or why nothing does. */
interface Fetched {
  readonly bytes?: Uint8Array;
  /** In hexadecimal; that of the manifest where the page's connection isn't safe, and the browser computes none. */
  readonly hash?: string;
  open(): object;
}

/** Fetches a module and runs it, if it is the one with that hash. */
export async function fetchModule(url: URL, hash: string, startsAgain: boolean): Promise<Fetched> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    return { open: () => ({}) };
  }
  const own = await digest(bytes, hash);
  if (own !== hash) return { bytes, hash: own, open: () => ({}) };
  try {
    const addon = await openLater(bytes, startsAgain);
    return { bytes, hash, open: () => addon };
  } catch (error) {
    return {
      bytes,
      hash,
      open() {
        throw error;
      },
    };
  }
}

/** The same of a module that is part of the glue, as text in base64. */
export function embeddedModule(text: string, hash: string, startsAgain: boolean): Fetched {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return { bytes, hash, open: () => openModule(bytes, startsAgain) };
}

/** As `openModule`, without keeping the page's own thread from anything else. */
async function openLater(bytes: Uint8Array, startsAgain: boolean): Promise<object> {
  const module = await WebAssembly.compile(bytes);
  const instance = new WasmInstance(instantiating(module), nodeApi, startsAgain);
  const made = await WebAssembly.instantiate(module, { env: instance.imports });
  return instance.start(exportsOf(made));
}

/** SHA-256, which browsers compute for pages with a safe connection alone. */
async function digest(bytes: Uint8Array<ArrayBuffer>, expected: string): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return expected;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
