/** A cache that forgets what was not asked for the longest, by the order of a Map. */
import type { f64, i32 } from 'tsnative';

class Cache {
  private readonly entries = new Map<i32, f64>();
  hits = 0;

  constructor(private readonly most: i32) {}

  get(key: i32): f64 {
    const found = this.entries.get(key);
    if (found !== undefined) {
      this.hits++;
      this.entries.delete(key);
      this.entries.set(key, found);
      return found;
    }
    const computed = Math.sqrt(key) + key;
    if (this.entries.size >= this.most) {
      for (const oldest of this.entries.keys()) {
        this.entries.delete(oldest);
        break;
      }
    }
    this.entries.set(key, computed);
    return computed;
  }
}

/** @native */
export function lruCache(keys: Int32Array, most: i32): f64 {
  const cache = new Cache(most);
  let sum = 0;
  for (let i = 0; i < keys.length; i++) sum += cache.get(keys[i]!);
  return sum + cache.hits;
}
