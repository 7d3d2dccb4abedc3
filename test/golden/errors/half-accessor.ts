class Gauge {
  protected level = 1;
  get height(): number {
    return this.level;
  }
  set height(level: number) {
    this.level = level;
  }
}
class Doubled extends Gauge {
  override set height(level: number) {
    super.height = level * 2;
  }
}
class Halved extends Gauge {
  override get height(): number {
    return super.height / 2;
  }
}

/** @native */
export function raise(level: number): number {
  const gauge: Gauge = new Doubled();
  gauge.height = level;
  return gauge.height + new Halved().height;
}
// rewritten:
class Gauge {
  protected level = 1;
  get height(): number {
    return this.level;
  }
  set height(level: number) {
    this.level = level;
  }
}
class Doubled extends Gauge {
  override get height(): number {
    return super.height;
  }
  override set height(level: number) {
    super.height = level * 2;
  }
}
class Halved extends Gauge {
  override get height(): number {
    return super.height / 2;
  }
  override set height(level: number) {
    super.height = level;
  }
}

/** @native */
export function raise(level: number): number {
  const gauge: Gauge = new Doubled();
  gauge.height = level;
  return gauge.height + new Halved().height;
}
