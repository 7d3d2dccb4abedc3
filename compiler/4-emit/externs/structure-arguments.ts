/** Structures among the arguments of a call, and as its result: their memory, and what of it C gets. */
import { isArrayLeaf, type CLayout, type CStruct } from '../../ir/c-structs.ts';
import type { ExternCallback, ExternParameter } from '../../ir/externs.ts';
import type { Operation, Parameter, Value } from '../../ir/types.ts';
import type { FunctionEmission } from '../emission.ts';
import type { LlvmType } from '../writer.ts';
import { passingOf, Registers, returningOf, type Piece } from './by-value.ts';
import { cPointer, type CType } from './c-types.ts';
import { fillArrays, fillImage, layoutFor, leavesFrom, newImage, wordsOf } from './structures.ts';

/** What C gets as an argument. */
export interface Argument {
  readonly c: CType;
  readonly value: string;
  /** Written behind the call, in the order of the arguments; gives what is a result of the IR function. */
  after?(): string | undefined;
  /** The same of what is written last, and may throw: all results that a structure's copy gives. */
  last?(): readonly string[];
}

/** What a structure needs of the call. */
interface Around {
  /** Of one that may be absent, whether it is there. */
  readonly there: Value | undefined;
  /** Gives what is written before an error. */
  undo(): () => void;
  /** Writes what C gets for a function. */
  callback(callback: ExternCallback, name: string, fn: string): string;
}

/** What LLVM gives a structure as. */
const typeOfPieces = (pieces: readonly Piece[]): LlvmType => {
  const [first, second] = pieces;
  if (!first) throw new Error('C gives something');
  return second ? `{ ${first.type}, ${second.type} }` : first.type;
};

/** A typed operand's type, and the operand. */
const splitAt = (typed: string): [type: string, operand: string] => {
  const at = typed.lastIndexOf(' ');
  return [typed.slice(0, at), typed.slice(at + 1)];
};

export class Structures {
  /** What System V's arguments have left of the registers. */
  readonly registers = new Registers();
  private readonly e: FunctionEmission;
  private readonly op: Operation;
  private readonly of: string;
  /** The texts of structures that C has given. */
  private readonly made: string[] = [];
  /** The memory of a structure that C gives. */
  private given: { readonly image: string; readonly layout: CLayout } | undefined;
  private arraysOfResult: ReadonlyMap<number, Value> = new Map();

  /** @param of what messages call the function */
  constructor(e: FunctionEmission, op: Operation, of: string) {
    this.e = e;
    this.op = op;
    this.of = of;
  }

  /** A copy of a structure; what C has changed comes back where C gets a pointer. */
  argument(
    param: ExternParameter & { readonly struct: CStruct },
    own: readonly Parameter[],
    values: readonly Value[],
    { there, undo, callback }: Around,
  ): Argument[] {
    const { e, op } = this;
    const { f } = e;
    const layout = layoutFor(e, param.struct);
    const image = newImage(e, layout);
    const nameOf = (path: readonly string[]): string =>
      `'${own[layout.leaves.findIndex((one) => one.path === path)]?.name}' of ${this.of}`;
    this.ifThere(there, () => fillImage(e, op, image, layout, values, { nameOf, undo: undo() }));
    // Frames are entered in any case.
    const functions = layout.leaves.flatMap(({ leaf, offset }, index) =>
      leaf.kind === 'function' ? [{ offset, value: values[index], name: own[index]?.name }] : [],
    );
    functions.forEach(({ offset, value, name }, index) => {
      const called = param.functions?.[index]?.callback;
      if (!called) throw new Error(`${name} has no function`);
      const pointer = callback(called, name ?? '', e.operand(value));
      f.store('ptr', pointer, f.offset(image, offset));
    });
    if (param.byValue) return this.byValue(image, layout);
    this.registers.take('ptr');
    const ptr = f.module.spell('ptr');
    const pointer = there
      ? f.emit(`select i1 ${e.operand(there)}, ${ptr} ${image}, ${ptr} null`)
      : image;
    const arrays = new Map(values.map((value, index) => [index, value]));
    const last = (): readonly string[] => {
      if (param.readonly) return [];
      this.ifThere(there, () => fillArrays(e, image, layout, arrays));
      return leavesFrom(e, op, image, layout, this.made);
    };
    return [{ c: cPointer, value: pointer, last }];
  }

  private byValue(image: string, layout: CLayout): Argument[] {
    const { f } = this.e;
    const passing = passingOf(this.e.module.triple, layout, this.registers);
    if (passing.kind === 'pieces')
      return passing.pieces.map(({ offset, type }) => ({
        c: { type, attribute: '' },
        value: f.load(type, f.offset(image, offset)),
      }));
    if (!passing.copied) return [{ c: cPointer, value: image }];
    return [this.inMemory(image, layout, 'byval')];
  }

  /** The address of a structure, which LLVM has to know the size of. */
  private inMemory(image: string, { size }: CLayout, what: 'byval' | 'sret'): Argument {
    const { f } = this.e;
    const words = wordsOf(size);
    const [type = '', value = ''] = splitAt(f.typedPointer(words, image));
    return { c: { type, attribute: ` ${what}(${words}) align 8` }, value };
  }

  /** Writes what needs a structure that may be absent. */
  private ifThere(there: Value | undefined, write: () => void): void {
    const { e } = this;
    const { f } = e;
    if (!there) return write();
    const [some, end] = [f.fresh('some'), f.fresh('end')];
    f.condBr(e.operand(there), some, end);
    f.block(some);
    write();
    f.br(end);
    f.block(end);
  }

  /** Where C puts a structure that it gives, if that is no register. @param arrays those that are in it */
  placeOfResult(arrays: readonly Value[]): Argument[] {
    const { given } = this;
    if (!given) return [];
    const { e } = this;
    const rest = [...arrays];
    const own = given.layout.leaves.flatMap(({ leaf }, index) => {
      const array = isArrayLeaf(leaf) ? rest.shift() : undefined;
      return array ? [[index, array] as const] : [];
    });
    this.arraysOfResult = new Map(own);
    return returningOf(e.module.triple, given.layout)
      ? []
      : [this.inMemory(given.image, given.layout, 'sret')];
  }

  /** What the call gives, undefined where C puts it elsewhere; comes before the arguments. */
  resultType(struct: CStruct | undefined): CType | undefined {
    if (!struct) throw new Error('C gives no structure');
    const { e } = this;
    const layout = layoutFor(e, struct);
    this.given = { image: newImage(e, layout), layout };
    const pieces = returningOf(e.module.triple, layout);
    // The place for it is the first argument.
    if (!pieces) this.registers.take('ptr');
    return pieces && { type: typeOfPieces(pieces), attribute: '' };
  }

  /** The operands of the structure that C has given. */
  received(given: string): readonly string[] {
    const { e, op } = this;
    const { f } = e;
    if (!this.given) throw new Error('nothing was prepared');
    const { image, layout } = this.given;
    const pieces = returningOf(e.module.triple, layout) ?? [];
    pieces.forEach(({ offset, type }, index) => {
      const whole = typeOfPieces(pieces);
      const piece =
        pieces.length === 1
          ? given
          : f.emit(`extractvalue ${f.module.spell(whole)} ${given}, ${index}`);
      f.store(type, piece, f.offset(image, offset));
    });
    fillArrays(e, image, layout, this.arraysOfResult);
    return leavesFrom(e, op, image, layout, this.made);
  }
}
