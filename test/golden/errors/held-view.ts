import type { f64 } from 'tsnative';

/** @native */
export class Signal {
  readonly channels: Float64Array[] = [];
  private named = new Map<string, Float64Array>();
  constructor(size: f64) {
    this.channels.push(new Float64Array(size));
  }
  first(): f64 {
    return this.channels[0]![0]!;
  }
  has(name: string): boolean {
    return this.named.has(name);
  }
}
// rewritten:
import type { f64 } from 'tsnative';

interface Channel {
  values: Float64Array;
}

/** @native */
export class Signal {
  readonly channels: Channel[] = [];
  private named = new Map<string, Channel>();
  constructor(size: f64) {
    this.channels.push({ values: new Float64Array(size) });
  }
  first(): f64 {
    return this.channels[0]!.values[0]!;
  }
  has(name: string): boolean {
    return this.named.has(name);
  }
}
