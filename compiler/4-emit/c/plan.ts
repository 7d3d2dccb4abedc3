/**
 * Which exports of a module C can call, by which names and with what. Everything that makes something for other
 * languages (the symbols, the header, the Python module) takes it from here.
 */
import {
  isList,
  isScalar,
  isView,
  isOptional,
  viewKind,
  type BoundaryType,
  type IrExport,
  type IrFunction,
  type IrModule,
  type IrSymbol,
  type ScalarType,
  type Span,
  type ViewKind,
} from '../../ir/types.ts';
import type { Extern } from '../../ir/externs.ts';
import { elementOf, isCallable } from '../../ir/records.ts';
import { reachedFrom, walkNodes, walkOps } from '../../ir/walk.ts';
import { effectsOf } from '../../wire/writes.ts';
import { WrittenParameters } from '../../ir/written-parameters.ts';
import { identifier, nameSymbols, symbolPrefix, unique } from './names.ts';

/** What a value is to C. */
export type CValue = {
  /** It may be absent: `undefined` or, where it can't be that, `null`. */
  readonly absent: 'undefined' | 'null' | undefined;
} & (
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'view'; readonly type: ViewKind }
  /** An array of JavaScript's, of numbers or booleans. Functions that change one that they get aren't for C. */
  | { readonly kind: 'list'; readonly type: ScalarType }
  | { readonly kind: 'string' }
);

export type CParameter = CValue & {
  /** As the source has it. */
  readonly sourceName: string;
  /** As C has it. */
  readonly name: string;
  /** Of a typed array: the function may write to it. */
  readonly isWritten: boolean;
};

export interface CFunction {
  readonly symbol: string;
  readonly exported: IrExport;
  readonly params: readonly CParameter[];
  /** Undefined for `void`. */
  readonly result: CValue | undefined;
}

/** An export that C can't call. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
  readonly span: Span | undefined;
}

export interface LibraryPlan {
  /** What all symbols start with, before an underscore. */
  readonly prefix: string;
  readonly functions: readonly CFunction[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Plans a module's library for C.
 * @param ir with all that its functions call, and without wires (`addWire`)
 */
export function planLibrary(ir: IrModule, packageName: string): LibraryPlan {
  const prefix = symbolPrefix(packageName);
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const written = new WrittenParameters(functions);
  const planned: { readonly prefix: string; readonly exported: IrExport }[] = [];
  const leftOut: LeftOut[] = [];
  for (const exported of ir.exports) {
    if (exported.internal || exported.field || exported.restOf !== undefined) continue;
    // Its callers must know more of the arrays than C can tell.
    if (exported.kernel) continue;
    const { name, span } = exported;
    const callee = functions.get(exported.callee);
    const why = callee ? whyNot(exported, callee, functions, ir) : 'it has no code of its own';
    if (!callee || why !== undefined) {
      leftOut.push({ name, why: why ?? '', span });
      continue;
    }
    planned.push({ prefix, exported });
  }
  const named = nameSymbols(planned, ir.functions).map((one) =>
    cFunction(one, (index) => {
      const callee = functions.get(one.exported.callee);
      return callee === undefined || written.isWritten(callee, index);
    }),
  );
  return { prefix, functions: named, leftOut };
}

/** A function of a symbol. @param isWritten whether it may write to its parameter of an index */
export function cFunction(
  { symbol, exported }: Pick<IrSymbol, 'symbol' | 'exported'>,
  isWritten: (index: number) => boolean = () => true,
): CFunction {
  const { params, result } = exported;
  return {
    ...{ symbol, exported, params: parametersOf(params, isWritten) },
    result: result && valueOf(result),
  };
}

function parametersOf(
  params: IrExport['params'],
  isWritten: (index: number) => boolean,
): CParameter[] {
  // What stands behind the parameters, and beside arrays and strings.
  const taken = new Set<string>(['result', 'has_result', 'error', ...keywords]);
  let index = 0;
  return params.map((param) => {
    if (isOptional(param)) index++;
    const own = index++;
    const wanted = identifier(param.name);
    const name = unique(taken.has(`${wanted}_length`) ? `${wanted}_` : wanted, taken);
    taken.add(`${name}_length`);
    return {
      ...valueOf(param),
      sourceName: param.name,
      name,
      isWritten: isView(param.type) && isWritten(own),
    };
  });
}

function valueOf(place: BoundaryType): CValue {
  const absent = place.undefined ? 'undefined' : place.null ? 'null' : undefined;
  const { type } = place;
  if (type === 'str') return { kind: 'string', absent };
  if (isView(type)) return { kind: 'view', type: viewKind(type), absent };
  const element = scalarsIn(type);
  if (element) return { kind: 'list', type: element, absent };
  if (isScalar(type)) return { kind: 'scalar', type, absent };
  throw new Error(`C has no ${type}`);
}

const ofJavaScript = 'is an object of JavaScript, or an array of such, which C has not';

/** Why C can't call an export; undefined where it can. */
function whyNot(
  { params, result, more, handed, progress }: IrExport,
  callee: IrFunction,
  functions: ReadonlyMap<string, IrFunction>,
  ir: IrModule,
): string | undefined {
  for (const { name, type } of params) {
    if (type === 'js' || isCallable(ir, type)) return `'${name}' is a function of JavaScript`;
    if (!isPlain(type)) return `'${name}' ${ofJavaScript}`;
  }
  if (result && !isPlain(result.type)) return `its result ${ofJavaScript}`;
  if (handed || more) return 'it takes what only JavaScript has';
  if (progress) return 'it tells JavaScript how far it is';
  const reached = reachedFrom(callee.name, functions);
  if (reached.some(({ foreign }) => foreign)) return 'it calls functions of JavaScript';
  const passing = reached.find(({ extern }) => extern && passesFunctions(extern));
  if (passing?.extern) return `it passes functions to ${passing.extern.symbol} of C`;
  const { written } = effectsOf(ir, callee.name);
  for (const { name, type } of params)
    if (isList(type) && written.has(type)) return `it may change the array '${name}'`;
  let why: string | undefined;
  const nameOf = (id: string | undefined): string =>
    ir.globals.find(({ name }) => name === id)?.sourceName ?? '';
  for (const { body } of reached) {
    walkOps(body, ({ op, attributes: { global } }) => {
      if (op === 'global.get')
        why ??= `it reads '${nameOf(global)}', which the module makes when JavaScript loads it`;
      if (op === 'state.get' || op === 'state.set')
        why ??= `it keeps the object '${nameOf(global)}' from one call to the next`;
    });
    walkNodes(body, (node) => {
      if (node.kind === 'throw' && node.calls !== undefined)
        why ??= 'it ends with a call of a function of JavaScript';
    });
  }
  return why;
}

/** Whether C may call functions of the module's: those need an environment of JavaScript's. */
const passesFunctions = ({ params, callsKept, threads, served }: Extern): boolean =>
  callsKept === true ||
  threads === true ||
  served === true ||
  params.some(({ way, functions }) => way === 'callback' || functions !== undefined);

const isPlain = (type: BoundaryType['type']): boolean =>
  isScalar(type) || isView(type) || type === 'str' || scalarsIn(type) !== undefined;

/** The type of the elements of an array of numbers or booleans, of which none may be absent. */
function scalarsIn(type: BoundaryType['type']): ScalarType | undefined {
  if (!isList(type)) return undefined;
  const element = elementOf(type);
  return isScalar(element.type) && !isOptional(element) ? element.type : undefined;
}

/** Words that can't be names in C, C++ or Python. */
const keywords = (
  'alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const const_cast ' +
  'consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export ' +
  'extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr operator ' +
  'or or_eq private protected public register reinterpret_cast requires restrict return short signed sizeof static ' +
  'static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename typeof ' +
  'union unsigned using virtual void volatile wchar_t while xor xor_eq NULL ' +
  'def del elif except finally from global import in is lambda nonlocal pass raise with yield assert async await ' +
  'None True False self'
).split(' ');
