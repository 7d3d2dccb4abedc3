/** How long tasks take, as those of the same name did before. */

export class Costs {
  private readonly known = new Map<string, { calls: number; milliseconds: number }>();

  learn(name: string, milliseconds: number): void {
    const before = this.known.get(name);
    if (!before) this.known.set(name, { calls: 1, milliseconds });
    else {
      before.calls++;
      before.milliseconds += milliseconds;
    }
  }

  /** In milliseconds; undefined while none has run. */
  expected(name: string): number | undefined {
    const known = this.known.get(name);
    return known && known.milliseconds / known.calls;
  }
}
