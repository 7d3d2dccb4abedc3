import type { f64 } from 'tsnative';

interface Series {
  values: Float64Array;
}

/** @native */
export class Signal {
  readonly samples: Float64Array;
  private last: Series | null = null;
  constructor(size: f64) {
    this.samples = new Float64Array(size);
  }
  first(): f64 {
    return this.samples[0]!;
  }
}
// rewritten:
import type { f64 } from 'tsnative';

/** @native */
export class Signal {
  readonly samples: f64[];
  constructor(size: f64) {
    this.samples = new Array<f64>(size).fill(0);
  }
  first(): f64 {
    return this.samples[0]!;
  }
}
