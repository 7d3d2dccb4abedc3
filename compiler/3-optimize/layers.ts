/** A map in layers: what one way through a function changes lies over what was known where the ways part. */
export class Layers<V extends {}> {
  private readonly below: Layers<V> | undefined;
  private readonly own = new Map<string, V>();

  private constructor(below?: Layers<V>) {
    this.below = below;
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
    }
    return undefined;
  }

  set(key: string, value: V): void {
    this.own.set(key, value);
  }

  /** A layer over this map, which stays as it is as long as the layer is used. */
  over(): Layers<V> {
    return new Layers(this);
  }

  isOver(below: Layers<V>): boolean {
    return this.below === below;
  }

  /** What was set in this layer. */
  get changes(): ReadonlyMap<string, V> {
    return this.own;
  }

  /** All of it, each key once. */
  entries(): ReadonlyMap<string, V> {
    if (!this.below) return this.own;
    const all = new Map(this.below.entries());
    for (const [key, value] of this.own) all.set(key, value);
    return all;
  }

  /** The same, which doesn't change when this does. */
  copy(): Layers<V> {
    return Layers.of(this.entries());
  }
}
