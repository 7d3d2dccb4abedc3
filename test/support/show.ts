/** Values as text that tells apart whatever JavaScript tells apart. */

type View = ArrayBufferView & { readonly length?: number };

export const isView = (value: unknown): value is View => ArrayBuffer.isView(value);

/**
 * Shows values. An object that came up before is shown as `^n`: the nth object in the order of appearance, from 0,
 * so that what is shown tells which objects are one, also in cycles.
 */
export class Shower {
  private readonly seen = new Map<object, number>();
  private readonly buffers = new Map<ArrayBufferLike, number>();

  show(value: unknown): string {
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const known = this.seen.get(value);
    if (known !== undefined) return `^${known}`;
    this.seen.set(value, this.seen.size);
    if (isView(value)) return this.view(value);
    if (value instanceof Map) {
      const entries = [...value].map(([key, held]) => `${this.show(key)} => ${this.show(held)}`);
      return `Map {${entries.join(', ')}}`;
    }
    if (value instanceof Set)
      return `Set {${[...value].map((held) => this.show(held)).join(', ')}}`;
    if (Array.isArray(value)) return this.array(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    const name =
      prototype === Object.prototype
        ? ''
        : `${(value as { constructor?: { name?: string } }).constructor?.name ?? 'null'} `;
    return `${name}{${this.properties(value, Object.keys(value))}}`;
  }

  /** Views of one buffer are told by the first of them. */
  private view(view: View): string {
    const first = this.buffers.get(view.buffer);
    if (first !== undefined) return `${showView(view)} of ^${first}'s buffer`;
    this.buffers.set(view.buffer, this.seen.size - 1);
    return showView(view);
  }

  private array(array: readonly unknown[]): string {
    const items = Array.from({ length: array.length }, (_, index) =>
      index in array ? this.show(array[index]) : 'hole',
    );
    const others = Object.keys(array).slice(items.filter((item) => item !== 'hole').length);
    const rest = others.length > 0 ? [`... ${this.properties(array, others)}`] : [];
    return `[${[...items, ...rest].join(', ')}]`;
  }

  private properties(object: object, keys: readonly string[]): string {
    return keys
      .map((key) => {
        const held = (object as Readonly<Record<string, unknown>>)[key];
        return `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${this.show(held)}`;
      })
      .join(', ');
  }
}

/** Shows one value exactly. */
export const show = (value: unknown): string => new Shower().show(value);

export function showView(view: View): string {
  const name = view.constructor.name;
  const elements =
    view instanceof DataView
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : (view as unknown as Iterable<number | bigint>);
  return `${name}(${view.byteOffset}+${view.byteLength})[${[...elements].map(show).join(' ')}]`;
}
