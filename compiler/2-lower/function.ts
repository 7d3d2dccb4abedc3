/** One function: parameters and their defaults, hoisting, the body, and what falling off its end means. */
import { Node } from '../ts-morph.ts';
import { includesUndefined } from '../1-read/checked-types.ts';
import type { NativeFunction, NativeParameter } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import { Tag, type IrFunction } from '../ir/types.ts';
import { beginConstructor } from './classes/constructor.ts';
import { lowerExtern } from './externs/declaration.ts';
import { lower } from './expressions/index.ts';
import { lowerBody } from './functions/body.ts';
import { Restart, Root } from './functions/root.ts';
import { Surroundings, type Captured } from './functions/surroundings.ts';
import { writtenIn } from './functions/written.ts';
import { isStackOverflow } from '../stack.ts';
import { Lowering, type ModuleState } from './lowering.ts';
import { valueOperand } from './operands.ts';
import { withDefault } from './destructure.ts';
import { isPattern } from './patterns.ts';
import { declareParameterParts } from './statements/bindings.ts';
import { progressType } from './expressions/progress.ts';
import { declareLocal, hoistDeclarations, storeVariable } from './statements/variables.ts';

export interface LoweredFunction {
  /** The function, then those inside it that became functions of their own. */
  readonly made: readonly IrFunction[];
  /** What it takes from around it, where it is inside a function that JavaScript runs. */
  readonly captured: readonly Captured[];
  /** Forgets what the module knows of it, before it is lowered again. */
  forget(): void;
}

export function lowerFunction(module: ModuleState, native: NativeFunction): LoweredFunction {
  if (native.extern) return lowerExtern(module, native);
  const root = new Root(module, native);
  const around = native.inner ? new Surroundings(native) : undefined;
  for (;;) {
    const l = new Lowering(module, native, { root, ...(around && { lifted: around }) });
    const forget = root.begin();
    around?.begin(l);
    try {
      lowerInto(l);
      root.finish();
      around?.finish();
      const captured = around?.captured ?? [];
      return { made: [l.b.fn, ...root.made], captured, forget };
    } catch (error) {
      forget();
      if (isStackOverflow(error)) {
        const what = `\`${native.name}\``;
        module.report(codes.tooDeep(placeOf(native.node), { what }));
        return { made: [], captured: [], forget };
      }
      if (!(error instanceof Restart)) throw error;
    }
  }
}

/** Lowers the function that a `Lowering` is for. */
export function lowerInto(l: Lowering): void {
  const { native } = l;
  const { result } = native;
  if (result.type !== undefined) {
    if (result.undefined || result.null) l.b.fn.results.push('u8');
    l.b.fn.results.push(result.type);
  }
  if (native.method) l.b.param('this', native.method.owner.record);
  const body =
    Node.isBodyable(native.node) || Node.isBodied(native.node) ? native.node.getBody() : undefined;
  if (!body && !Node.isClassDeclaration(native.node)) throw new Error(`${native.name} has no body`);
  l.guarded(() => {
    for (const param of native.params) {
      l.guardedDeclaration(param.node, () => lowerParameter(l, param));
    }
    if (native.progress) l.b.effect('progress.to', [l.b.param(native.progress.name, progressType)]);
    if (body) hoistDeclarations(l, body);
    if (native.method?.kind === 'constructor') l.guarded(() => beginConstructor(l));
    if (body) lowerBody(l, body);
    else l.b.return([]);
  });
}

function lowerParameter(l: Lowering, param: NativeParameter): void {
  const isWritten = (part: Node): boolean =>
    l.symbolsOf(part).some((symbol) => writtenIn(l.native.node).has(symbol));
  const { hint, name, node, initializer } = param;
  if (hint.type === undefined) {
    // A parameter of the type `never`: TypeScript has made sure that no call gets here.
    l.at(node);
    l.b.failCheck('TypeError', [`'${name}' of ${l.native.name} can't be anything`]);
    l.declare(node, { kind: 'constant', operand: { kind: 'absent', absent: 'undefined' } });
    return;
  }
  const optional = hint.undefined || hint.null;
  const tag = optional ? l.b.param(`${name}.tag`, 'u8') : undefined;
  const value = l.b.param(name, hint.type);
  l.at(node);
  const pattern = Node.isParameterDeclaration(node) ? node.getNameNode() : node;
  if (isPattern(pattern)) {
    const given = tag ? ({ kind: 'optional', tag, value } as const) : valueOperand(value);
    const inside = { type: hint.type, undefined: false, null: hint.null };
    const operand = withDefault(l, given, initializer, inside);
    return declareParameterParts(l, pattern, operand, isWritten);
  }
  if (initializer && tag) {
    // ECMA-262 10.2.11: the default stands for `undefined`; `null` stays.
    // A default may be `undefined` itself.
    const stays = hint.null || includesUndefined(l.typeOf(initializer));
    const inside = { type: hint.type, undefined: stays, null: hint.null };
    const variable = declareLocal(l, node as Node & { getName(): string }, inside);
    const isMissing = l.b.op('eq', [tag, l.b.const('u8', Tag.undefined)]);
    l.b.if(
      isMissing,
      () => storeVariable(l, variable, lower(l, initializer, inside), initializer),
      () =>
        storeVariable(
          l,
          variable,
          hint.null ? { kind: 'optional', tag, value } : valueOperand(value),
          node,
        ),
    );
    return;
  }
  const operand = tag ? ({ kind: 'optional', tag, value } as const) : valueOperand(value);
  if (isWritten(node)) {
    storeVariable(l, declareLocal(l, node as Node & { getName(): string }, hint), operand, node);
  } else l.declare(node, { kind: 'constant', operand });
}
