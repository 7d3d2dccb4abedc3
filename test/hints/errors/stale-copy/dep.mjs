export class Walk {
  constructor(steps) {
    this.steps = steps;
    this.taken = 0;
  }
  each(visit) {
    for (let i = 0; i < this.steps; i++) {
      this.taken++;
      visit(i);
    }
    return this.taken;
  }
}
