/** What a native function and the functions inside it share while they are lowered. */
import { ts, type Node } from '../../ts-morph.ts';
import { codes } from '../../diagnostics/codes.ts';
import { placeOfCompilerNode } from '../../1-read/places.ts';
import type { IrFunction, RecordType } from '../../ir/types.ts';
import { Refusal, type Cell, type LoweredCode, type ModuleState } from '../lowering.ts';

/** Ends an attempt to lower a function: something has come up that must be known from the start. */
export class Restart extends Error {}

export class Root {
  readonly native: LoweredCode;
  readonly node: Node;
  /** The functions inside it that became functions of their own. */
  readonly made: IrFunction[] = [];
  /** Constants that are other names for what a global has, as far as their declarations ran. */
  readonly renamed = new Set<ts.Symbol>();
  private readonly module: ModuleState;
  /** Variables that must be kept in cells, and functions that can't run in the place of their calls. */
  private readonly cells = new Set<ts.Symbol>();
  private readonly apart = new Set<ts.Node>();
  private readonly names = new Map<string, number>();
  private readonly lambdas: RecordType[] = [];
  private readonly waiting: (() => IrFunction)[] = [];

  constructor(module: ModuleState, native: LoweredCode) {
    this.module = module;
    this.native = native;
    this.node = native.node;
  }

  /** Starts an attempt. @returns what forgets all that it has made */
  begin(): () => void {
    const forget = this.module.checkpoint();
    return () => {
      forget();
      this.module.closures.forget(this.lambdas.splice(0));
      this.made.length = 0;
      this.waiting.length = 0;
      this.names.clear();
      this.renamed.clear();
    };
  }

  /** A name that no other function of the module has. */
  idFor(name: string): string {
    const word = name.replace(/[^\w$]/g, '_');
    const count = (this.names.get(word) ?? 0) + 1;
    this.names.set(word, count);
    return `${this.native.id}.fn.${word}${count > 1 ? `.${count}` : ''}`;
  }

  /** Makes a function once all functions inside the native one are known, with what they capture. */
  later(make: () => IrFunction): void {
    this.waiting.push(make);
  }

  /** Makes the functions that waited. */
  finish(): void {
    for (const make of this.waiting.splice(0)) this.made.push(make());
  }

  /** Notes a record of a function as a value that this attempt has made. */
  noteLambda(record: RecordType): void {
    this.lambdas.push(record);
  }

  isInCell(symbol: ts.Symbol): boolean {
    return this.cells.has(symbol);
  }

  /** Starts again, with a variable in a cell. @param initialized as `Variable` has it */
  needsCell(symbol: ts.Symbol, initialized: string | undefined): Cell {
    const declaration = symbol.valueDeclaration;
    if (initialized !== undefined && declaration)
      throw new Refusal(
        codes.unsupportedSyntax(placeOfCompilerNode(declaration), {
          what: `the variable \`${symbol.name}\` of a \`switch\` in a function that outlives it`,
          why: 'Another clause may use it before its declaration has run.',
          rewrite: `Declare \`${symbol.name}\` before the \`switch\`.`,
        }),
      );
    this.cells.add(symbol);
    throw new Restart();
  }

  isApart(fn: Node): boolean {
    return this.apart.has(fn.compilerNode);
  }

  /** Starts again, with a function that has to be one of its own. */
  setApart(fn: Node): never {
    this.apart.add(fn.compilerNode);
    throw new Restart();
  }
}
