/**
 * Map and Set (ECMA-262 24.1 and 24.2): a deterministic hash table in the manner of Tyler Close. Entries stand in the
 * order of their insertion; those of one bucket are linked. A removed entry stays as a gap until the table is rebuilt.
 *
 * Each entry has a number of its own, which grows with every insertion and never comes again. So an iteration, which
 * remembers the number that it goes on from, finds its place whatever is inserted, removed or moved meanwhile.
 *
 * A template: the compiler makes a copy for each record of a table by putting its types in the place of `Table`, `Key`
 * and `Value` (`compiler/table-template.ts`). Indices are within the arrays by construction.
 *
 * @native bounds: unchecked, overflow: unchecked
 */
import { mixed } from './hash.ts';
import { clearElement, hashReference, isSame, setElement, truncateList } from './intrinsics.ts';
import type { f64, i32 } from 'tsnative';

/** What stands for the type of keys. */
export interface Key {
  readonly opaqueKey: f64;
}

/** What stands for the type of values; those of a set are `true`. */
export interface Value {
  readonly opaqueValue: f64;
}

/** Its members are those that `compiler/1-read/collections.ts` gives to the record of a table. */
export interface Table {
  /** With gaps, as all lists of entries. */
  keys: Key[];
  values: Value[];
  hashes: i32[];
  /** The index of the next entry of the bucket plus 1, 0 for the last one; −1 for a gap. */
  links: i32[];
  /** The index of each bucket's first entry plus 1, 0 for none. There are none at all, or 2^n with n > 1. */
  buckets: i32[];
  /** The entries' numbers; empty while they are without gaps, up to `nextId`. */
  ids: f64[];
  /** The number of the next entry. */
  nextId: f64;
  /** How many entries there are without gaps. */
  size: f64;
  /** How many gaps there are in front of the first entry. */
  gaps: f64;
}

/** The fewest buckets. */
const FEWEST = 4;

/** SameValueZero: ECMA-262 7.2.11. Only NaN is not the same as itself. */
function sameKey(a: Key, b: Key): boolean {
  return isSame(a, b) || (!isSame(a, a) && !isSame(b, b));
}

/** The bucket of a hash. */
function bucketOf(table: Table, hash: i32): i32 {
  return hash & (table.buckets.length - 1);
}

/** The index of a key's entry, or −1. */
function find(table: Table, key: Key, hash: i32): f64 {
  if (table.size === 0) return -1;
  let link: i32 = table.buckets[bucketOf(table, hash)]!;
  while (link > 0) {
    const index: i32 = (link - 1) | 0;
    if (table.hashes[index] === hash && sameKey(table.keys[index]!, key)) return index;
    link = table.links[index]!;
  }
  return -1;
}

/** The index of a key's entry, or −1. */
export function indexOf(table: Table, key: Key): f64 {
  return find(table, key, mixed(hashReference(key)));
}

/** Sets a key's value, or appends an entry. */
export function set(table: Table, key: Key, value: Value): void {
  const hash = mixed(hashReference(key));
  const found = find(table, key, hash);
  if (found >= 0) {
    setElement(table.values, found, value);
    return;
  }
  if (table.keys.length === table.buckets.length) makeRoom(table);
  const bucket = bucketOf(table, hash);
  table.keys.push(key);
  table.values.push(value);
  table.hashes.push(hash);
  table.links.push(table.buckets[bucket]!);
  if (table.ids.length > 0) table.ids.push(table.nextId);
  setElement(table.buckets, bucket, table.keys.length | 0);
  table.nextId++;
  table.size++;
}

/** Removes a key's entry; whether there was one. */
export function remove(table: Table, key: Key): boolean {
  if (table.size === 0) return false;
  const hash = mixed(hashReference(key));
  const bucket = bucketOf(table, hash);
  let before: i32 = -1;
  let link: i32 = table.buckets[bucket]!;
  while (link > 0) {
    const index: i32 = (link - 1) | 0;
    const next: i32 = table.links[index]!;
    if (table.hashes[index] === hash && sameKey(table.keys[index]!, key)) {
      if (before < 0) setElement(table.buckets, bucket, next);
      else setElement(table.links, before, next);
      setElement(table.links, index, -1);
      clearElement(table.keys, index);
      clearElement(table.values, index);
      table.size--;
      while (table.gaps < table.keys.length && table.links[table.gaps]! < 0) table.gaps++;
      if (table.size * 4 < table.keys.length && table.keys.length > 16)
        rebuild(table, table.buckets.length / 2);
      return true;
    }
    before = index;
    link = next;
  }
  return false;
}

/** Removes all entries. */
export function clear(table: Table): void {
  truncateList(table.keys, 0);
  truncateList(table.values, 0);
  truncateList(table.hashes, 0);
  truncateList(table.links, 0);
  truncateList(table.buckets, 0);
  truncateList(table.ids, 0);
  table.size = 0;
  table.gaps = 0;
}

/** Makes room for one more entry, by closing gaps where half of the entries are some. */
function makeRoom(table: Table): void {
  const count = table.buckets.length;
  if (count === 0) rebuild(table, FEWEST);
  else rebuild(table, table.size * 2 <= table.keys.length ? count : count * 2);
}

/** Closes the gaps and links the entries anew. @param count how many buckets there are then, at least as many as entries */
function rebuild(table: Table, count: f64): void {
  closeGaps(table);
  truncateList(table.buckets, 0);
  for (let i = 0; i < count; i++) table.buckets.push(0);
  for (let i = 0; i < table.keys.length; i++) {
    const bucket = bucketOf(table, table.hashes[i]!);
    setElement(table.links, i, table.buckets[bucket]!);
    setElement(table.buckets, bucket, (i + 1) | 0);
  }
}

/** Moves the entries to the front, with their numbers. */
function closeGaps(table: Table): void {
  const count = table.keys.length;
  if (table.size === count) return;
  // The numbers aren't without gaps any more.
  if (table.ids.length === 0) {
    for (let i = 0; i < count; i++) table.ids.push(table.nextId - count + i);
  }
  let to = 0;
  for (let from = 0; from < count; from++) {
    if (table.links[from]! < 0) continue;
    if (to < from) {
      setElement(table.keys, to, table.keys[from]!);
      setElement(table.values, to, table.values[from]!);
      setElement(table.hashes, to, table.hashes[from]!);
      setElement(table.ids, to, table.ids[from]!);
    }
    setElement(table.links, to, 0);
    to++;
  }
  truncateList(table.keys, to);
  truncateList(table.values, to);
  truncateList(table.hashes, to);
  truncateList(table.links, to);
  truncateList(table.ids, to);
  table.gaps = 0;
}

/** The number of the entry, or gap, at an index. */
export function idAt(table: Table, index: f64): f64 {
  return table.ids.length > 0 ? table.ids[index]! : table.nextId - table.keys.length + index;
}

/**
 * The index of the first entry whose number is not below `id`; −1 where there is none.
 *
 * @param hint where that probably is
 */
export function entryFrom(table: Table, id: f64, hint: f64): f64 {
  const count = table.keys.length;
  let index = placeOf(table, id, hint);
  // A queue of what was inserted first has a gap for each that has been taken.
  if (index < table.gaps) index = table.gaps;
  while (index < count && table.links[index]! < 0) index++;
  return index < count ? index : -1;
}

/** The first index, gaps counted, whose number is not below `id`; at most the length. */
function placeOf(table: Table, id: f64, hint: f64): f64 {
  const count = table.keys.length;
  if (table.ids.length === 0) {
    const index = id - (table.nextId - count);
    return index > 0 ? index : 0;
  }
  if (hint > 0 && hint < count && table.ids[hint - 1]! < id && table.ids[hint]! >= id) return hint;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (table.ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
