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
