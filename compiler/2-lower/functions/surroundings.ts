/**
 * A function inside one that JavaScript runs: what it uses of the variables around it are parameters behind those
 * that the source has, as for `Lifted`. JavaScript hands their values over, and gets back what was assigned.
 */
import { Node, ts } from '../../ts-morph.ts';
import { placeOf, placeOfCompilerNode } from '../../1-read/places.ts';
import { only } from '../../1-read/hint-types.ts';
import type { HintType, NativeFunction } from '../../1-read/model.ts';
import { codes } from '../../diagnostics/codes.ts';
import {
  isScalar,
  isView,
  type Parameter,
  type RecordType,
  type ScalarType,
  type Value,
  type ViewType,
} from '../../ir/types.ts';
import type { Around, Lowering, Variable } from '../lowering.ts';
import { valueOperand } from '../operands.ts';
import { writtenIn } from './written.ts';

/** A variable around a function, in the order of the function's last parameters. */
export interface Captured {
  readonly name: string;
  readonly type: Exclude<ScalarType, 'i64' | 'u64'> | ViewType;
  /** Where it is kept, if it is assigned anywhere. */
  readonly cell: RecordType | undefined;
  /** The function assigns it. */
  readonly isWritten: boolean;
}

export class Surroundings implements Around {
  readonly captured: Captured[] = [];
  private readonly fn: NativeFunction;
  private readonly found = new Map<ts.Symbol, Variable>();
  private readonly values = new Set<Value>();
  private own: Lowering | undefined;

  constructor(fn: NativeFunction) {
    this.fn = fn;
  }

  /** @param own what lowers the function */
  begin(own: Lowering): void {
    this.own = own;
    this.captured.length = 0;
    this.found.clear();
    this.values.clear();
  }

  /** Puts what is captured behind all parameters: defaults of these may have captured something before. */
  finish(): void {
    const fn = this.own?.b.fn;
    if (!fn) return;
    const isCaptured = ({ value }: Parameter): boolean => this.values.has(value);
    const own = fn.params.filter((param) => !isCaptured(param));
    fn.params = [...own, ...fn.params.filter(isCaptured)];
  }

  find(symbol: ts.Symbol): Variable | undefined {
    const known = this.found.get(symbol);
    if (known) return known;
    const { own } = this;
    const declaration = symbol.valueDeclaration;
    if (!own || !declaration || !isAround(declaration, this.fn.node)) return undefined;
    const variable = this.capture(own, symbol, declaration);
    this.found.set(symbol, variable);
    return variable;
  }

  thisValue(): Value {
    throw new Error(`${this.fn.name} has no this`);
  }

  private capture(own: Lowering, symbol: ts.Symbol, declaration: ts.Declaration): Variable {
    const { name } = symbol;
    const { type } = this.typeOf(own, symbol, declaration);
    const isFit =
      type !== undefined && (isView(type) || (isScalar(type) && type !== 'i64' && type !== 'u64'));
    if (!isFit)
      return own.refuse(
        codes.capturedType(placeOfCompilerNode(declaration), { name, fn: this.fn.name }),
      );
    const outermost = this.fn.node
      .getAncestors()
      .filter((outer) => ts.isFunctionLike(outer.compilerNode))
      .at(-1);
    const changes = outermost !== undefined && writtenIn(outermost).has(symbol);
    const isWritten = writtenIn(this.fn.node).has(symbol);
    const cell = changes ? own.module.reading.records.cellOf(only(type)) : undefined;
    this.captured.push({ name, type, cell, isWritten });
    const given = own.b.param(name, cell ?? type);
    this.values.add(given);
    if (!cell) return { kind: 'constant', operand: valueOperand(given) };
    return {
      kind: 'local',
      name,
      local: name,
      type,
      tag: undefined,
      initialized: undefined,
      cell: { record: cell, holder: () => given },
    };
  }

  /** What the hints, or TypeScript's checker, say of a variable. */
  private typeOf(own: Lowering, symbol: ts.Symbol, declaration: ts.Declaration): HintType {
    const { reading } = own.module;
    const checker = reading.program.getTypeChecker();
    const annotation = (declaration as Partial<ts.VariableDeclaration>).type;
    const read = annotation
      ? reading.hintOfNode(annotation)
      : reading.hintOfType(checker.getTypeOfSymbol(symbol), this.fn.node);
    if ('code' in read) return own.refuse({ ...read, place: read.place ?? placeOf(this.fn.node) });
    return read.undefined || read.null ? only(undefined) : read;
  }
}

/** Whether a variable or parameter is of a function around another one. */
function isAround(declaration: ts.Declaration, fn: Node): boolean {
  if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return false;
  const home = ts.findAncestor(declaration.parent, (outer) => ts.isFunctionLike(outer));
  return home !== undefined && fn.getAncestors().some((outer) => outer.compilerNode === home);
}
