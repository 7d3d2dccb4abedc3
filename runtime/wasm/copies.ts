/**
 * The memory of typed arrays in WebAssembly, which sees none but its own: of each buffer that a call gets views of,
 * a copy for as long as the call. Views of one buffer look into one copy, so that they see what is written through
 * each other. Of a buffer only the bytes are copied that there are views of.
 */

/** The memory of a module, with views of it that are made anew when it has grown. */
export interface WasmMemory {
  readonly u8: Uint8Array;
  /** An address of so many bytes; 0 where there is no room. */
  allocate(bytes: number): number;
  free(address: number): void;
}

/** Bytes of a buffer from `start` to before `end`. */
interface ByteRange {
  start: number;
  end: number;
}

interface BufferCopy {
  readonly buffer: ArrayBufferLike;
  /** Of the byte that is the buffer's first. */
  readonly address: number;
  /** What is there, in order and apart. */
  readonly there: ByteRange[];
  /** What native code may have written. */
  readonly written: ByteRange[];
}

/** What a view of the wire (`compiler/wire/format.ts`) has in it: in its first slot the slots of the answer, in the second those of the arguments. */
const wireHead = 16;

/** The copies of one call. */
export class Copies {
  private readonly copies = new Map<ArrayBufferLike, BufferCopy>();
  private readonly memory: WasmMemory;
  private wire: BufferCopy | undefined;

  constructor(memory: WasmMemory) {
    this.memory = memory;
  }

  /** The address of a byte of a buffer, with the bytes behind it copied in; 0 where there is no memory. */
  place(
    buffer: ArrayBufferLike,
    { start, end }: Readonly<ByteRange>,
    { isWritten }: { readonly isWritten: boolean },
  ): number {
    const copy = this.copyOf(buffer);
    if (!copy) return 0;
    this.bring(copy, { start, end });
    if (isWritten) include(copy.written, { start, end });
    return copy.address + start;
  }

  /** The address of a wire, of which only what is written is copied. */
  placeWire(buffer: ArrayBufferLike): number {
    const copy = this.copyOf(buffer);
    if (!copy) return 0;
    this.wire = copy;
    this.bringWire(copy);
    return copy.address;
  }

  /** Writes back what native code may have written. */
  giveBack(): void {
    for (const { buffer, address, written } of this.copies.values())
      for (const { start, end } of written) this.copyOut(buffer, address, start, end);
    if (this.wire) this.giveWire(this.wire);
  }

  /** Copies all in again. */
  bringAgain(): void {
    for (const copy of this.copies.values()) {
      const { buffer, address, there } = copy;
      for (const { start, end } of there) this.copyIn(buffer, address, start, end);
    }
    if (this.wire) this.bringWire(this.wire);
  }

  free(): void {
    for (const { address } of this.copies.values()) this.memory.free(address);
    this.copies.clear();
  }

  private copyOf(buffer: ArrayBufferLike): BufferCopy | undefined {
    const known = this.copies.get(buffer);
    if (known) return known;
    const address = this.memory.allocate(buffer.byteLength);
    if (address === 0) return undefined;
    const made = { buffer, address, there: [], written: [] };
    this.copies.set(buffer, made);
    return made;
  }

  /** Copies in what of a range isn't there yet. */
  private bring({ buffer, address, there }: BufferCopy, range: ByteRange): void {
    let { start } = range;
    for (const known of there) {
      if (known.end <= start) continue;
      if (known.start >= range.end) break;
      if (known.start > start) this.copyIn(buffer, address, start, known.start);
      start = known.end;
    }
    if (start < range.end) this.copyIn(buffer, address, start, range.end);
    include(there, range);
  }

  private bringWire({ buffer, address }: BufferCopy): void {
    const [, slots = 0] = new Float64Array(buffer, 0, 2);
    this.copyIn(buffer, address, 0, Math.max(wireHead, slots * 8));
  }

  private giveWire({ buffer, address }: BufferCopy): void {
    this.copyOut(buffer, address, 0, wireHead);
    const [slots = 0] = new Float64Array(buffer, 0, 1);
    const end = Math.min(slots * 8, buffer.byteLength);
    if (end > wireHead) this.copyOut(buffer, address, wireHead, end);
  }

  private copyIn(buffer: ArrayBufferLike, address: number, start: number, end: number): void {
    // It may have shrunk since it was looked at.
    const last = Math.min(end, buffer.byteLength);
    if (start < last)
      this.memory.u8.set(new Uint8Array(buffer, start, last - start), address + start);
  }

  private copyOut(buffer: ArrayBufferLike, address: number, start: number, end: number): void {
    const last = Math.min(end, buffer.byteLength);
    if (start >= last) return;
    const { u8 } = this.memory;
    new Uint8Array(buffer, start, last - start).set(u8.subarray(address + start, address + last));
  }
}

/** Adds a range to ranges that are in order and apart. */
function include(ranges: ByteRange[], { start, end }: ByteRange): void {
  if (start >= end) return;
  let first = 0;
  while (first < ranges.length && (ranges[first]?.end ?? 0) < start) first++;
  let behind = first;
  let joined = { start, end };
  for (; behind < ranges.length; behind++) {
    const other = ranges[behind];
    if (!other || other.start > end) break;
    joined = { start: Math.min(joined.start, other.start), end: Math.max(joined.end, other.end) };
  }
  ranges.splice(first, behind - first, joined);
}
