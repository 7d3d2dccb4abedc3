/** Copies for other processes, which share no memory. */
import { types } from 'node:util';
import { compact } from './compact.ts';
import { inspect } from './plain.ts';

/** The same value, with copies of what is shared between threads. */
export function unshared(value: unknown): unknown {
  return inspect(value, 'it', isShared) ? copied(value) : compact(value);
}

const isShared = (value: object): value is ArrayBufferView | SharedArrayBuffer =>
  types.isSharedArrayBuffer(ArrayBuffer.isView(value) ? value.buffer : value);

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isShared(value)) return copyOf(value);
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Map) return new Map([...value].map(([a, b]) => [copied(a), copied(b)]));
  if (value instanceof Set) return new Set([...value].map(copied));
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isDate(value))
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]));
}

function copyOf(value: ArrayBufferView | SharedArrayBuffer): object {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value).slice().buffer;
  if (value instanceof DataView) {
    const { buffer, byteOffset, byteLength } = value;
    return new DataView(new Uint8Array(buffer, byteOffset, byteLength).slice().buffer);
  }
  // `slice` makes one over memory of its own.
  return (value as Uint8Array).slice();
}
