/** What stands in the headers of binaries: ELF ("System V ABI"), PE/COFF (Microsoft), Mach-O (Apple's loader.h). */
import { createHash } from 'node:crypto';

export interface Binary {
  readonly format: 'elf' | 'pe' | 'mach-o';
  /** The format's own number of the processor. */
  readonly machine: number;
  readonly exports: readonly string[];
  /** Names that the system or the program has to have. */
  readonly imports: readonly string[];
  /** Libraries that are loaded with it. */
  readonly libraries: readonly string[];
}

export interface MachO extends Binary {
  readonly format: 'mach-o';
  /** The imports that are bound when it is loaded; the others are when they are called. */
  readonly bound: readonly string[];
  /** The least version of macOS, such as `11.0`. */
  readonly minimum: string;
  /** Undefined without one. */
  readonly signature: Signature | undefined;
}

export interface Signature {
  readonly isAdHoc: boolean;
  /** Whether the pages of the file have the hashes that the signature tells. */
  readonly matches: boolean;
}

/** A zero-terminated text. */
function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, bytes.indexOf(0, at));
}

export function readElf(bytes: Buffer): Binary {
  if (bytes.toString('latin1', 0, 4) !== '\x7fELF') throw new Error('no ELF file');
  const u64 = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const [table, count] = [u64(0x20), bytes.readUInt16LE(0x38)];
  const segments = Array.from({ length: count }, (_, index) => table + 56 * index).map((at) => ({
    type: bytes.readUInt32LE(at),
    offset: u64(at + 8),
    address: u64(at + 16),
    size: u64(at + 32),
  }));
  const place = (address: number): number => {
    const segment = segments.find(
      ({ type, address: start, size }) => type === 1 && address >= start && address < start + size,
    );
    if (!segment) throw new Error('an address outside the file');
    return address - segment.address + segment.offset;
  };
  const dynamic = segments.find(({ type }) => type === 2);
  if (!dynamic) throw new Error('no dynamic section');
  const entries = Array.from({ length: dynamic.size / 16 }, (_, index) => {
    const at = dynamic.offset + 16 * index;
    return { tag: u64(at), value: u64(at + 8) };
  });
  const valueOf = (tag: number): number => entries.find((entry) => entry.tag === tag)?.value ?? 0;
  const [strings, symbols] = [place(valueOf(5)), place(valueOf(6))];
  // The symbols end where the strings begin, or the hash tables: lld puts them in this order.
  const last = [valueOf(5), valueOf(4), valueOf(0x6ffffef5), valueOf(0x6ffffff0)]
    .filter((address) => address > valueOf(6))
    .sort((a, b) => a - b)[0];
  const number = ((last ?? 0) - valueOf(6)) / 24;
  const all = Array.from({ length: Math.floor(number) }, (_, index) => {
    const at = symbols + 24 * index;
    return {
      name: textAt(bytes, strings + bytes.readUInt32LE(at)),
      isDefined: bytes.readUInt16LE(at + 6) !== 0,
    };
  }).filter(({ name }) => name !== '');
  return {
    format: 'elf',
    machine: bytes.readUInt16LE(18),
    exports: all.filter(({ isDefined }) => isDefined).map(({ name }) => name),
    imports: all.filter(({ isDefined }) => !isDefined).map(({ name }) => name),
    libraries: entries
      .filter(({ tag }) => tag === 1)
      .map(({ value }) => textAt(bytes, strings + value)),
  };
}

export function readPe(bytes: Buffer): Binary {
  const header = bytes.readUInt32LE(0x3c);
  if (bytes.toString('latin1', header, header + 4) !== 'PE\0\0') throw new Error('no PE file');
  const sections = bytes.readUInt16LE(header + 6);
  const optional = header + 24;
  const first = optional + bytes.readUInt16LE(header + 20);
  const place = (address: number): number => {
    for (let index = 0; index < sections; index++) {
      const at = first + 40 * index;
      const [size, start, offset] = [8, 12, 20].map((field) => bytes.readUInt32LE(at + field));
      if (start === undefined || size === undefined || offset === undefined) break;
      if (address >= start && address < start + size) return address - start + offset;
    }
    throw new Error('an address outside the file');
  };
  const directory = (index: number): number => bytes.readUInt32LE(optional + 112 + 8 * index);
  const exported = place(directory(0));
  const names = place(bytes.readUInt32LE(exported + 32));
  const exports = Array.from({ length: bytes.readUInt32LE(exported + 24) }, (_, index) =>
    textAt(bytes, place(bytes.readUInt32LE(names + 4 * index))),
  );
  const libraries: string[] = [];
  const imports: string[] = [];
  for (let at = place(directory(1)); bytes.readUInt32LE(at + 12) !== 0; at += 20) {
    libraries.push(textAt(bytes, place(bytes.readUInt32LE(at + 12))));
    for (let entry = place(bytes.readUInt32LE(at)); ; entry += 8) {
      const address = Number(bytes.readBigUInt64LE(entry));
      if (address === 0) break;
      imports.push(textAt(bytes, place(address) + 2));
    }
  }
  return { format: 'pe', machine: bytes.readUInt16LE(header + 4), exports, imports, libraries };
}

export function readMachO(bytes: Buffer): MachO {
  if (bytes.readUInt32LE(0) !== 0xfeedfacf) throw new Error('no Mach-O file');
  const libraries: string[] = [];
  const exports: string[] = [];
  const imports: string[] = [];
  let bound: readonly string[] = [];
  let minimum = '';
  let signature: Signature | undefined;
  let at = 32;
  for (let index = 0; index < bytes.readUInt32LE(16); index++) {
    const command = bytes.readUInt32LE(at) & 0x7fffffff;
    const field = (offset: number): number => bytes.readUInt32LE(at + offset);
    if (command === 0x0c) libraries.push(textAt(bytes, at + field(8)));
    if (command === 0x32) minimum = `${field(12) >> 16}.${(field(12) >> 8) & 255}`;
    if (command === 0x22) {
      const opcodes = bytes.toString('latin1', field(16), field(16) + field(20));
      bound = [...opcodes.matchAll(/@([\w$]+)\0/g)].map(([, name = '']) => name);
    }
    if (command === 0x1d) signature = readSignature(bytes, field(8));
    if (command === 0x02)
      for (let symbol = 0; symbol < field(12); symbol++) {
        const entry = field(8) + 16 * symbol;
        const name = textAt(bytes, field(16) + bytes.readUInt32LE(entry));
        const type = bytes.readUInt8(entry + 4);
        const isExternal = (type & 1) !== 0;
        if (isExternal && (type & 0x10) === 0) ((type & 0x0e) === 0 ? imports : exports).push(name);
      }
    at += field(4);
  }
  const machine = bytes.readUInt32LE(4);
  return { format: 'mach-o', machine, exports, imports, libraries, bound, minimum, signature };
}

/** The embedded signature: a CodeDirectory with SHA-256 hashes (Apple's cs_blobs.h). */
function readSignature(bytes: Buffer, start: number): Signature {
  if (bytes.readUInt32BE(start) !== 0xfade0cc0) throw new Error('no signature');
  const blobs = Array.from({ length: bytes.readUInt32BE(start + 8) }, (_, index) => ({
    type: bytes.readUInt32BE(start + 12 + 8 * index),
    at: start + bytes.readUInt32BE(start + 16 + 8 * index),
  }));
  const directory = blobs.find(({ type }) => type === 0)?.at ?? 0;
  if (bytes.readUInt32BE(directory) !== 0xfade0c02) throw new Error('no code directory');
  const field = (offset: number): number => bytes.readUInt32BE(directory + offset);
  const [hashes, pages, limit] = [directory + field(16), field(28), field(32)];
  const page = 2 ** bytes.readUInt8(directory + 39);
  const matches = Array.from({ length: pages }, (_, index) => index).every((index) => {
    const content = bytes.subarray(index * page, Math.min((index + 1) * page, limit));
    const hash = createHash('sha256').update(content).digest();
    return hash.equals(bytes.subarray(hashes + 32 * index, hashes + 32 * index + 32));
  });
  return { isAdHoc: (field(12) & 2) !== 0, matches: matches && pages * page >= limit };
}
