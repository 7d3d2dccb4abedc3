import type { f64, i32 } from 'tsnative';

/**
 * An incremental solver of one-way constraints by the DeltaBlue algorithm (B. Freeman-Benson, J. Maloney and
 * A. Borning, "An incremental constraint solver", CACM 33(1), 1990): constraints of different strengths say how
 * variables depend on each other. Of those that contradict the stronger ones hold, and when one is added or
 * removed, only what depends on it is looked at.
 */
enum Strength {
  Required,
  StrongPreferred,
  Preferred,
  StrongDefault,
  Normal,
  WeakDefault,
  Weakest,
}

const isStronger = (a: Strength, b: Strength): boolean => a < b;
const isWeaker = (a: Strength, b: Strength): boolean => a > b;
const weaker = (a: Strength, b: Strength): Strength => (a > b ? a : b);

class Variable {
  /** All constraints that it takes part in. */
  readonly constraints: Constraint[] = [];
  /** The one that computes it now. */
  source: Constraint | null = null;
  /** The last pass of the solver that came by. */
  mark: i32 = 0;
  /** How strong a constraint must be to take it over. */
  strength = Strength.Weakest;
  /** Whether its value can't change while no constraint is added or removed. */
  stays = true;

  constructor(public value: f64) {}

  remove(constraint: Constraint): void {
    const index = this.constraints.indexOf(constraint);
    if (index >= 0) this.constraints.splice(index, 1);
    if (this.source === constraint) this.source = null;
  }
}

abstract class Constraint {
  constructor(readonly strength: Strength) {}

  /** Whether it holds, because it computes one of its variables. */
  abstract isSatisfied(): boolean;
  abstract attach(): void;
  abstract detach(): void;
  /** Decides which variable it is to compute, if it is strong enough for one that `mark` isn't on. */
  abstract chooseMethod(mark: i32): void;
  abstract forgetMethod(): void;
  /** The variable that it computes. */
  abstract output(): Variable;
  abstract markInputs(mark: i32): void;
  /** Whether all that it computes from is known in that pass. */
  abstract inputsKnown(mark: i32): boolean;
  /** Tells the output what is known of it now. */
  abstract propagateStrength(): void;
  abstract execute(): void;

  /** Whether its value comes from outside. */
  isInput(): boolean {
    return false;
  }

  /** Makes it hold, if it can; gives the constraint that held in its place. */
  satisfy(mark: i32, solver: Solver): Constraint | null {
    this.chooseMethod(mark);
    if (!this.isSatisfied()) {
      if (this.strength === Strength.Required) throw new Error('a required constraint cannot hold');
      return null;
    }
    this.markInputs(mark);
    const output = this.output();
    const overridden = output.source;
    if (overridden !== null) overridden.forgetMethod();
    output.source = this;
    if (!solver.propagate(this, mark))
      throw new Error('constraints depend on each other in a cycle');
    output.mark = mark;
    return overridden;
  }
}

/** A constraint on one variable. */
abstract class Unary extends Constraint {
  private satisfied = false;

  constructor(
    protected readonly variable: Variable,
    strength: Strength,
  ) {
    super(strength);
  }

  override isSatisfied(): boolean {
    return this.satisfied;
  }
  override attach(): void {
    this.variable.constraints.push(this);
    this.satisfied = false;
  }
  override detach(): void {
    this.variable.remove(this);
    this.satisfied = false;
  }
  override chooseMethod(mark: i32): void {
    const { variable } = this;
    this.satisfied = variable.mark !== mark && isStronger(this.strength, variable.strength);
  }
  override forgetMethod(): void {
    this.satisfied = false;
  }
  override output(): Variable {
    return this.variable;
  }
  override markInputs(_mark: i32): void {}
  override inputsKnown(_mark: i32): boolean {
    return true;
  }
  override propagateStrength(): void {
    const { variable } = this;
    variable.strength = this.strength;
    variable.stays = !this.isInput();
    if (variable.stays) this.execute();
  }
}

/** A variable stays as it is. */
class Stay extends Unary {
  override execute(): void {}
}

/** A variable is set from outside. */
class Edit extends Unary {
  override isInput(): boolean {
    return true;
  }
  override execute(): void {}
}

enum Direction {
  None,
  Forward,
  Backward,
}

/** A constraint between two variables, either of which it can compute from the other. */
abstract class Binary extends Constraint {
  protected direction = Direction.None;

  constructor(
    protected readonly first: Variable,
    protected readonly second: Variable,
    strength: Strength,
  ) {
    super(strength);
  }

  protected input(): Variable {
    return this.direction === Direction.Forward ? this.first : this.second;
  }
  override output(): Variable {
    return this.direction === Direction.Forward ? this.second : this.first;
  }
  override isSatisfied(): boolean {
    return this.direction !== Direction.None;
  }
  override attach(): void {
    this.first.constraints.push(this);
    this.second.constraints.push(this);
    this.direction = Direction.None;
  }
  override detach(): void {
    this.first.remove(this);
    this.second.remove(this);
    this.direction = Direction.None;
  }
  override chooseMethod(mark: i32): void {
    const { first, second, strength } = this;
    if (first.mark === mark) this.toward(second, Direction.Forward, mark);
    else if (second.mark === mark) this.toward(first, Direction.Backward, mark);
    else if (isWeaker(first.strength, second.strength))
      this.direction = isStronger(strength, first.strength) ? Direction.Backward : Direction.None;
    else
      this.direction = isStronger(strength, second.strength) ? Direction.Forward : Direction.None;
  }
  private toward(output: Variable, direction: Direction, mark: i32): void {
    const can = output.mark !== mark && isStronger(this.strength, output.strength);
    this.direction = can ? direction : Direction.None;
  }
  override forgetMethod(): void {
    this.direction = Direction.None;
  }
  override markInputs(mark: i32): void {
    this.input().mark = mark;
  }
  override inputsKnown(mark: i32): boolean {
    const input = this.input();
    return input.mark === mark || input.stays || input.source === null;
  }
  override propagateStrength(): void {
    const [input, output] = [this.input(), this.output()];
    output.strength = weaker(this.strength, input.strength);
    output.stays = input.stays;
    if (output.stays) this.execute();
  }
}

/** Both variables are the same. */
class Equal extends Binary {
  override execute(): void {
    this.output().value = this.input().value;
  }
}

/** The second variable is the first one times a factor plus an offset, which are variables themselves. */
class Scaled extends Binary {
  constructor(
    source: Variable,
    private readonly factor: Variable,
    private readonly offset: Variable,
    result: Variable,
    strength: Strength,
  ) {
    super(source, result, strength);
  }

  override attach(): void {
    super.attach();
    this.factor.constraints.push(this);
    this.offset.constraints.push(this);
  }
  override detach(): void {
    super.detach();
    this.factor.remove(this);
    this.offset.remove(this);
  }
  override markInputs(mark: i32): void {
    super.markInputs(mark);
    this.factor.mark = mark;
    this.offset.mark = mark;
  }
  override execute(): void {
    const { first, second, factor, offset } = this;
    if (this.direction === Direction.Forward)
      second.value = first.value * factor.value + offset.value;
    else first.value = (second.value - offset.value) / factor.value;
  }
  override propagateStrength(): void {
    const [input, output] = [this.input(), this.output()];
    output.strength = weaker(this.strength, input.strength);
    output.stays = input.stays && this.factor.stays && this.offset.stays;
    if (output.stays) this.execute();
  }
}

/** Constraints in the order in which they are to be computed. */
type Plan = Constraint[];

function execute(plan: Plan): void {
  for (const constraint of plan) constraint.execute();
}

class Solver {
  private mark: i32 = 0;

  /** Adds a constraint, and makes those hold again that it pushes aside, where they can. */
  add(constraint: Constraint): void {
    constraint.attach();
    const mark = this.newMark();
    let overridden = constraint.satisfy(mark, this);
    while (overridden !== null) overridden = overridden.satisfy(mark, this);
  }

  /** Removes a constraint; weaker ones may take its place. */
  remove(constraint: Constraint): void {
    if (!constraint.isSatisfied()) {
      constraint.detach();
      return;
    }
    const output = constraint.output();
    constraint.forgetMethod();
    constraint.detach();
    const waiting = this.releaseFrom(output);
    for (let strength = Strength.Required; strength < Strength.Weakest; strength++)
      for (const candidate of waiting) if (candidate.strength === strength) this.readd(candidate);
  }

  private readd(constraint: Constraint): void {
    const mark = this.newMark();
    let overridden = constraint.satisfy(mark, this);
    while (overridden !== null) overridden = overridden.satisfy(mark, this);
  }

  /** Tells all that depends on a constraint what is known now; gives false for a cycle. */
  propagate(constraint: Constraint, mark: i32): boolean {
    const open: Constraint[] = [constraint];
    while (open.length > 0) {
      const next = open.pop()!;
      const output = next.output();
      if (output.mark === mark) {
        this.remove(constraint);
        return false;
      }
      next.propagateStrength();
      addDependent(output, open);
    }
    return true;
  }

  /** The plan by which the values that come from these constraints are computed anew. */
  plan(inputs: readonly Constraint[]): Plan {
    const open: Constraint[] = [];
    for (const input of inputs) if (input.isInput() && input.isSatisfied()) open.push(input);
    const mark = this.newMark();
    const plan: Plan = [];
    while (open.length > 0) {
      const next = open.pop()!;
      const output = next.output();
      if (output.mark === mark || !next.inputsKnown(mark)) continue;
      plan.push(next);
      output.mark = mark;
      addDependent(output, open);
    }
    return plan;
  }

  /** Lets go of what was computed from a variable; gives the constraints that could hold now. */
  private releaseFrom(output: Variable): Constraint[] {
    output.source = null;
    output.strength = Strength.Weakest;
    output.stays = true;
    const waiting: Constraint[] = [];
    const open: Variable[] = [output];
    while (open.length > 0) {
      const variable = open.pop()!;
      for (const constraint of variable.constraints)
        if (!constraint.isSatisfied()) waiting.push(constraint);
      for (const constraint of variable.constraints) {
        if (constraint === variable.source || !constraint.isSatisfied()) continue;
        constraint.propagateStrength();
        open.push(constraint.output());
      }
    }
    return waiting;
  }

  private newMark(): i32 {
    return ++this.mark;
  }
}

/** Adds the constraints that compute something from a variable. */
function addDependent(variable: Variable, to: Constraint[]): void {
  const { source } = variable;
  for (const constraint of variable.constraints)
    if (constraint !== source && constraint.isSatisfied()) to.push(constraint);
}

/** Sets a variable to values, and computes what depends on it; gives the sum of what `result` was. */
function edit(solver: Solver, variable: Variable, values: i32, result: Variable): f64 {
  const constraint = new Edit(variable, Strength.Preferred);
  solver.add(constraint);
  const plan = solver.plan([constraint]);
  let sum = 0;
  for (let value = 0; value < values; value++) {
    variable.value = value;
    execute(plan);
    sum += result.value;
  }
  solver.remove(constraint);
  return sum;
}

/** A chain of equal variables, the last of which stays where nothing stronger is there. */
function chain(length: i32, values: i32): f64 {
  const solver = new Solver();
  const first = new Variable(0);
  let last = first;
  for (let i = 0; i < length; i++) {
    const next = new Variable(0);
    solver.add(new Equal(last, next, Strength.Required));
    last = next;
  }
  solver.add(new Stay(last, Strength.StrongDefault));
  return edit(solver, first, values, last);
}

/** Points with one projection each, whose scale and offset are common to all. */
function projection(points: i32, values: i32): f64 {
  const solver = new Solver();
  const scale = new Variable(10);
  const offset = new Variable(1000);
  const sources: Variable[] = [];
  const results: Variable[] = [];
  for (let i = 0; i < points; i++) {
    const source = new Variable(i);
    const result = new Variable(i);
    sources.push(source);
    results.push(result);
    solver.add(new Stay(source, Strength.Normal));
    solver.add(new Scaled(source, scale, offset, result, Strength.Required));
  }
  const [source, result] = [sources[points - 1]!, results[points - 1]!];
  let sum = edit(solver, source, values, result) + edit(solver, result, values, source);
  sum += edit(solver, scale, values, result) + edit(solver, offset, values, result);
  for (const one of results) sum += one.value;
  return sum;
}

/**
 * Solves two systems of constraints, again and again with other values.
 * @param sums gets what the results come to: for each run that of the chain, and that of the projections
 * @native
 */
export function solve(size: i32, values: i32, sums: Float64Array): void {
  for (let run = 0; 2 * run + 1 < sums.length; run++) {
    sums[2 * run] = chain(size, values + run);
    sums[2 * run + 1] = projection(size, values + run);
  }
}
