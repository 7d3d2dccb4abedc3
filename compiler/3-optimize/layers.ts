/** Each so many layers, one may get a map of all that lies below it. */
const flatEvery = 32;
/** It gets one once so many keys were looked for below it. */
const fewLookups = 32;

/**
 * A map in layers: what one way through a function changes lies over what was known where the ways part. Looking
 * something up takes no longer where thousands of layers lie upon each other, as in a long chain of `else if`.
 */
export class Layers<V extends {}> {
  private readonly below: Layers<V> | undefined;
  private readonly own = new Map<string, V>();
  private readonly depth: number;
  /** What the layers below have, which doesn't change any more. */
  private flat: ReadonlyMap<string, V> | undefined;
  private lookups = 0;

  private constructor(below?: Layers<V>) {
    this.below = below;
    this.depth = below ? below.depth + 1 : 0;
  }

  static of<V extends {}>(entries: Iterable<readonly [string, V]>): Layers<V> {
    const layers = new Layers<V>();
    for (const [key, value] of entries) layers.own.set(key, value);
    return layers;
  }

  get(key: string): V | undefined {
    for (let layer: Layers<V> | undefined = this; layer; layer = layer.below) {
      const value = layer.own.get(key);
      if (value !== undefined) return value;
      const flat = layer.flattened();
      if (flat) return flat.get(key);
    }
    return undefined;
  }

  /** All that the layers below have, where it's worth while to put it together. */
  private flattened(): ReadonlyMap<string, V> | undefined {
    if (this.flat || !this.below || this.depth % flatEvery !== 0) return this.flat;
    if (++this.lookups < fewLookups) return undefined;
    const layers: Layers<V>[] = [];
    let flat: ReadonlyMap<string, V> | undefined;
    for (let layer: Layers<V> | undefined = this.below; layer && !flat; layer = layer.below) {
      layers.push(layer);
      flat = layer.flat;
    }
    const made = new Map(flat);
    for (const { own } of layers.reverse()) for (const [key, value] of own) made.set(key, value);
    this.flat = made;
    return made;
  }

  set(key: string, value: V): void {
    this.own.set(key, value);
  }

  /** A layer over this map, which stays as it is as long as the layer is used. */
  over(): Layers<V> {
    return new Layers(this);
  }

  /** A layer over one that lies further below, with all that was set since; it doesn't change when this does. */
  since(base: Layers<V>): Layers<V> {
    const layer = new Layers(base);
    for (let from: Layers<V> | undefined = this; from && from !== base; from = from.below)
      for (const [key, value] of from.own) if (!layer.own.has(key)) layer.own.set(key, value);
    return layer;
  }

  /** What was set in this layer. */
  get changes(): ReadonlyMap<string, V> {
    return this.own;
  }
}
