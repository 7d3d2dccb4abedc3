/** The state of generating one function: what is in scope, and how large and how slow it may get. */
import type { ProgramFunction } from '../program.ts';
import type { Absent, Shape } from '../shapes.ts';
import { Random } from '../random.ts';
import type { Tree } from '../tree.ts';
import { kindOf, type HeapType, type Type, type ValueKind } from '../types.ts';

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** What reading it gives; narrower than the type where more is known. */
  readonly kind: ValueKind;
  readonly writable: boolean;
  /** What it may hold instead of a value. */
  readonly absent?: Absent | undefined;
  /** An integer from 0 to below this. */
  readonly limit?: number;
  /** An integer from 0 to below the length of the array of this name. */
  readonly indexOf?: string;
  /** How many elements an array has, nearly always. */
  readonly sure?: number;
}

/** A function that others can call. */
export interface Helper {
  readonly fn: ProgramFunction;
  /** Undefined for no result. */
  readonly result: Type | undefined;
  readonly absent: Absent | undefined;
  /** About how many steps a call takes. */
  readonly cost: number;
  /** The first parameter limits how deep it calls itself. */
  readonly recursive: boolean;
}

/** What the functions of one program share. */
export interface ProgramContext {
  readonly random: Random;
  readonly helpers: Helper[];
  /** Module-level constants. */
  readonly constants: readonly Variable[];
  /** Arrays of different types may share a buffer, so NaNs, whose bits aren't defined, must not be stored. */
  readonly guarded: boolean;
  /** Approximated functions may be called. */
  readonly approximate: boolean;
  /** It has parallel loops. */
  readonly parallel: boolean;
  /** Undefined where there are numbers and typed arrays alone. */
  readonly heap: Heap | undefined;
}

/** The types of a program with values on the heap. */
export interface Heap {
  readonly shapes: Map<string, Shape>;
  /** Those that variables are declared with; one that stands here twice is taken twice as often. */
  readonly types: HeapType[];
}

/** What a jump can name. */
export interface Label {
  readonly name: string;
  readonly loop: boolean;
}

/** How many steps a call of a program may take. */
const mostSteps = 30_000;

export class Context {
  readonly program: ProgramContext;
  readonly random: Random;
  readonly bounds: 'throw' | 'js';
  /** The result's type; undefined for none. */
  result: Type | undefined;
  resultAbsent: Absent | undefined;
  /** The function runs once in a call of the program. */
  readonly runsOnce: boolean;
  /** How many more expressions may be made. */
  room: number;
  /** Above 0 where nothing may be called or grow, as a loop goes over something without counting its rounds. */
  frozen = 0;
  /** Above 0 in a function that is a value, which calls nothing that may lead to itself. */
  inValue = 0;
  /** How often the statement being made runs, about. */
  rounds = 1;
  /** How many steps a call takes, about. */
  cost = 1;
  /** The name of what a `catch` around here has caught. */
  caught: string | undefined;
  labels: Label[] = [];
  /** How deep in loops, and in what a bare `break` leaves. */
  loopDepth = 0;
  breakable = 0;
  /** Statements to be put somewhere, of `var`s that are used already. */
  readonly pendingVars: Tree[] = [];
  private readonly scopes: Variable[][] = [[]];
  private readonly hidden = new Set<string>();
  private names = 0;

  constructor(
    program: ProgramContext,
    options: Pick<Context, 'bounds' | 'result' | 'resultAbsent' | 'room'> & {
      readonly runsOnce?: boolean;
    },
  ) {
    this.program = program;
    this.random = program.random;
    this.bounds = options.bounds;
    this.result = options.result;
    this.resultAbsent = options.resultAbsent;
    this.room = options.room;
    this.runsOnce = options.runsOnce ?? false;
  }

  /** Whether what is made here runs once in a call of the program, at most. */
  get isOnce(): boolean {
    return this.runsOnce && this.rounds === 1;
  }

  /** Runs while nothing may be called or grow. */
  freezing<T>(make: () => T): T {
    this.frozen++;
    try {
      return make();
    } finally {
      this.frozen--;
    }
  }

  fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  declare(variable: Omit<Variable, 'kind'> & { readonly kind?: ValueKind }): Variable {
    const declared = { kind: kindOf(variable.type), ...variable };
    this.scopes.at(-1)?.push(declared);
    return declared;
  }

  /** Runs with a scope of its own. */
  scoped<T>(make: () => T): T {
    this.scopes.push([]);
    try {
      return make();
    } finally {
      this.scopes.pop();
    }
  }

  /** Runs as the body of a loop that goes round about so many times. */
  looped<T>(times: number, make: () => T): T {
    const rounds = this.rounds;
    this.rounds *= times;
    this.loopDepth++;
    this.breakable++;
    try {
      return make();
    } finally {
      this.rounds = rounds;
      this.loopDepth--;
      this.breakable--;
    }
  }

  /** Runs as the body of an inner function with a result, which is called about so many times. */
  inside<T>(result: Type | undefined, times: number, make: () => T): T {
    const { result: outer, resultAbsent, labels, loopDepth, breakable, rounds } = this;
    Object.assign(this, {
      result,
      resultAbsent: undefined,
      labels: [],
      loopDepth: 0,
      breakable: 0,
    });
    this.rounds *= times;
    try {
      return this.scoped(make);
    } finally {
      Object.assign(this, { result: outer, resultAbsent, labels, loopDepth, breakable, rounds });
    }
  }

  /** Every variable that a name reaches here, constants of the module included. */
  visible(): Variable[] {
    const byName = new Map<string, Variable>();
    for (const constant of this.program.constants) byName.set(constant.name, constant);
    for (const scope of this.scopes)
      for (const variable of scope) byName.set(variable.name, variable);
    return [...byName.values()].filter(({ name }) => !this.hidden.has(name));
  }

  /** Variables that hold a value for sure. */
  variables(test: (variable: Variable) => boolean): Variable[] {
    return this.visible().filter((variable) => variable.absent === undefined && test(variable));
  }

  /** Runs while a name can't be used. */
  hiding<T>(name: string, make: () => T): T {
    this.hidden.add(name);
    try {
      return make();
    } finally {
      this.hidden.delete(name);
    }
  }

  /** One of these, or undefined for none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : this.random.pick(items);
  }

  chance(probability: number): boolean {
    return this.random.chance(probability);
  }

  /** Whether a loop of so many rounds can stand here. */
  affords(times: number): boolean {
    return this.rounds * times <= 1500 && this.cost < mostSteps && this.loopDepth < 3;
  }

  /** Counts the steps of something that takes `steps` each time it runs; false when that's too many. */
  spend(steps: number): boolean {
    if (this.cost + this.rounds * steps > mostSteps) return false;
    this.cost += this.rounds * steps;
    return true;
  }
}

/** A way of making a tree; undefined where it isn't possible here. */
export type Form = (c: Context, depth: number) => Tree | undefined;

/** Makes a tree in one of several ways, or by `otherwise` where that isn't possible or there's no room. */
export function choose(
  c: Context,
  depth: number,
  forms: readonly (readonly [number, Form])[],
  otherwise: (c: Context) => Tree,
): Tree {
  if (depth <= 0 || c.room <= 0) return otherwise(c);
  c.room--;
  return c.random.weighted(forms)(c, depth - 1) ?? otherwise(c);
}
