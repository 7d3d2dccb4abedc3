/** Deep copies of arguments, for calls that may change them. */
import { isView } from './show.ts';

/** A copy in which views of one buffer still are views of one buffer, and one object is one, however it is reached. */
export const cloneArguments = (args: readonly unknown[]): unknown[] => {
  const cloner = new Cloner();
  return args.map((arg) => cloner.clone(arg));
};

class Cloner {
  private readonly buffers = new Map<ArrayBufferLike, ArrayBufferLike>();
  private readonly objects = new Map<object, object>();

  clone(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.objects.get(value);
    if (known) return known;
    if (isView(value)) return this.keep(value, this.view(value));
    if (Array.isArray(value)) {
      const copy = this.keep(value, new Array<unknown>(value.length));
      return this.properties(value, copy);
    }
    if (value instanceof Map) {
      const copy = this.keep(value, new Map<unknown, unknown>());
      for (const [key, held] of value) copy.set(this.clone(key), this.clone(held));
      return copy;
    }
    if (value instanceof Set) {
      const copy = this.keep(value, new Set<unknown>());
      for (const held of value) copy.add(this.clone(held));
      return copy;
    }
    const prototype = Object.getPrototypeOf(value) as object | null;
    return this.properties(value, this.keep(value, Object.create(prototype) as object));
  }

  private keep<T extends object>(original: object, copy: T): T {
    this.objects.set(original, copy);
    return copy;
  }

  /** Holes stay holes. */
  private properties(original: object, copy: object): object {
    for (const key of Object.keys(original))
      (copy as Record<string, unknown>)[key] = this.clone(
        (original as Readonly<Record<string, unknown>>)[key],
      );
    if (Object.isFrozen(original)) Object.freeze(copy);
    return copy;
  }

  private view(like: ArrayBufferView & { readonly length?: number }): ArrayBufferView {
    let buffer = this.buffers.get(like.buffer);
    if (!buffer) {
      buffer = like.buffer.slice(0);
      this.buffers.set(like.buffer, buffer);
    }
    if (Buffer.isBuffer(like))
      return Buffer.from(buffer as ArrayBuffer, like.byteOffset, like.length);
    const make = like.constructor as new (
      buffer: ArrayBufferLike,
      offset: number,
      length: number | undefined,
    ) => ArrayBufferView;
    return new make(
      buffer,
      like.byteOffset,
      like instanceof DataView ? like.byteLength : like.length,
    );
  }
}
