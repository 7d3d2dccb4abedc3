/**
 * The guards of functions that a hints file types: native code runs where the arguments are what the hints say,
 * and JavaScript for all others, so that a hint never changes what a module takes.
 */
import type { HintType, NativeFunction } from '../1-read/model.ts';
import { placesInFrame, type FrameField, type Receiver } from '../ir/receivers.ts';
import {
  isHeap,
  isList,
  isRecord,
  isView,
  Tag,
  viewClass,
  viewKind,
  type IrType,
  isOptional,
  type ViewKind,
} from '../ir/types.ts';
import type { MethodUse } from './boundary/facts.ts';
import type { FilePlan, GuardedFunction } from './javascript-file.ts';

/** The kinds of typed arrays of which the class itself is taken alone. */
type Exact = ReadonlySet<ViewKind>;

/** What lowering tells of native functions that have guards. */
export interface Guarded {
  /** How methods are called, by their ids. */
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** The typed arrays that have to be of the very class. */
  methods(): MethodUse;
}

/** Writes the guards into a file's text. */
export function insertGuards(
  text: string,
  { guards, guarded = [] }: FilePlan,
  { receivers, methods }: Guarded,
): string {
  if (guards === undefined) return text;
  return guarded.reduce((written, one, index) => {
    const receiver = receivers.get(one.fn.id);
    const exact = methods().get(receiver?.callee ?? one.fn.id) ?? new Set();
    const guard = receiver ? receiverGuard(one, receiver, exact) : functionGuard(one, exact);
    return written.replace(`"${guards}:${index};";`, () => guard);
  }, text);
}

function functionGuard({ fn, binding, params }: GuardedFunction, exact: Exact): string {
  const tests = [...readiness(binding), ...argumentTests(fn, params, exact)];
  const call = `${binding}(${params.join(', ')})`;
  const answer = mayRefuse(fn.params.map(({ hint }) => hint))
    ? `{ const $result = ${call}; ${unlessRefused(binding, 'return $result;')} }`
    : `return ${call};`;
  return `if (${tests.join(' && ')}) ${answer}`;
}

/** Whether only the call tells that an argument, or what it holds, isn't what the hints say: where something is copied. */
const mayRefuse = (places: readonly Partial<HintType>[]): boolean =>
  places.some(({ type }) => type !== undefined && isHeap(type));

/** The statements for a call that took its arguments; for others JavaScript goes on. */
const unlessRefused = (binding: string, statements: string): string =>
  `if ($result !== ${binding}.refused) { ${statements} }`;

/** The fields go before the other arguments; what changed is put back when the call ends. */
function receiverGuard(
  { fn, binding, params }: GuardedFunction,
  receiver: Receiver,
  exact: Exact,
): string {
  const { frame, fields, replaced, returnsThis, index } = receiver;
  const object = index === undefined ? 'this' : (params[index] ?? '');
  const member = (name: string): string => `${object}${access(name)}`;
  const tests = [
    ...readiness(binding),
    ...argumentTests(fn, params, exact),
    ...[...fields, ...frame].map((field) => testOf(member(field.name), field, exact)),
    ...receiver.methods.map(
      (name) => `${member(name)} === ${receiver.owner}.prototype${access(name)}`,
    ),
    ...(receiver.isExact
      ? [`Object.getPrototypeOf(${object}) === ${receiver.owner}.prototype`]
      : []),
  ];
  const args = [
    ...fields.map(({ name }) => member(name)),
    ...params.filter((_, at) => at !== index),
  ];
  const call = `${binding}(${args.join(', ')})`;
  const others = fn.params.filter((_, at) => at !== index).map(({ hint }) => hint);
  const refuses = mayRefuse([...fields, ...others]);
  if (frame.length === 0 && replaced.length === 0 && !refuses)
    return `if (${tests.join(' && ')}) ${returnsThis ? `{ ${call}; return this; }` : `return ${call};`}`;
  const { places } = placesInFrame(frame);
  const written = places.flatMap(({ field, at }) =>
    field.isWritten ? [takenBack(member(field.name), field, at)] : [],
  );
  const results = replaced.map((field, at) => {
    const given = `$result[${at + 1}]`;
    const put = `${member(field.name)} = ${given};`;
    // A field that isn't there stays so where nothing was assigned.
    return isOptional(field) ? `if (${given} !== ${member(field.name)}) ${put}` : put;
  });
  const answer = returnsThis
    ? 'return this;'
    : `return $result${replaced.length > 0 ? '[0]' : ''};`;
  const taken = [...results, answer].join(' ');
  const run = `const $result = ${call}; ${refuses ? unlessRefused(binding, taken) : taken}`;
  const body = written.length > 0 ? `try { ${run} } finally { ${written.join(' ')} }` : run;
  const filled = places.map(({ field, at }) => handedOver(object, field, at));
  const begin = frame.length > 0 ? [`const $frame = ${binding}.frame;`, ...filled].join(' ') : '';
  return `if (${tests.join(' && ')}) { ${begin} ${body} }`;
}

/** The statement that puts a field into its place of the frame. */
function handedOver(object: string, field: FrameField, at: number): string {
  const { name, type } = field;
  const value = `${object}${access(name)}`;
  if (!isOptional(field)) return `$frame[${at}] = ${type === 'bool' ? '+' : ''}${value};`;
  // A private field is always there.
  const isThere = name.startsWith('#') ? 'true' : `${JSON.stringify(name)} in ${object}`;
  const missing = `${isThere} ? ${Tag.undefined} : ${Tag.missing}`;
  const tag = `${value} === void 0 ? (${missing}) : ${value} === null ? ${Tag.null} : ${Tag.value}`;
  return `$frame[${at}] = ${tag}; $frame[${at + 1}] = +(${value} ?? 0);`;
}

/** The statement that puts what native code left in the frame back into its field. */
function takenBack(member: string, field: FrameField, at: number): string {
  const valueAt = (place: number): string =>
    `$frame[${place}]${field.type === 'bool' ? ' !== 0' : ''}`;
  if (!isOptional(field)) return `${member} = ${valueAt(at)};`;
  const tag = `$frame[${at}]`;
  const value = `${tag} === ${Tag.value} ? ${valueAt(at + 1)} : ${tag} === ${Tag.null} ? null : void 0`;
  return `if (${tag} !== ${Tag.missing}) ${member} = ${value};`;
}

/** There is native code, and what it knows of the module's constants holds. */
const readiness = (binding: string): string[] => [`${binding} !== void 0`, `${binding}.fresh()`];

const argumentTests = (fn: NativeFunction, params: readonly string[], exact: Exact): string[] =>
  fn.params.flatMap(({ hint }, index) => {
    const name = params[index];
    return hint.type === undefined || name === undefined ? [] : [testOf(name, hint, exact)];
  });

const access = (name: string): string =>
  /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** An expression that is true for the values of a type. */
function testOf(
  value: string,
  hint: Partial<HintType> & { readonly type: IrType | undefined },
  exact: Exact,
): string {
  if (hint.type === undefined) return 'true';
  const test = typeTest(value, hint.type, exact);
  const absent = [
    ...(hint.undefined ? [`${value} === void 0`] : []),
    ...(hint.null ? [`${value} === null`] : []),
  ];
  return absent.length === 0 ? test : `(${[...absent, test].join(' || ')})`;
}

function typeTest(value: string, type: IrType, exact: Exact): string {
  if (isView(type)) {
    const className = viewClass[viewKind(type)];
    // Subclasses have methods of their own, as a Buffer has other ones than a Uint8Array.
    return exact.has(viewKind(type))
      ? `(${value} instanceof ${className} && Object.getPrototypeOf(${value}) === ${className}.prototype)`
      : `${value} instanceof ${className}`;
  }
  if (isList(type)) return `Array.isArray(${value})`;
  if (isRecord(type) || type === 'error')
    return `(typeof ${value} === 'object' && ${value} !== null)`;
  switch (type) {
    case 'f64':
      return `typeof ${value} === 'number'`;
    case 'f32':
      return `(typeof ${value} === 'number' && Object.is(Math.fround(${value}), ${value}))`;
    case 'bool':
      return `typeof ${value} === 'boolean'`;
    case 'str':
      return `typeof ${value} === 'string'`;
    case 'i32':
      return `(${value} | 0) === ${value}`;
    case 'u32':
      return `${value} >>> 0 === ${value}`;
    case 'i64':
      return `(typeof ${value} === 'bigint' && BigInt.asIntN(64, ${value}) === ${value})`;
    case 'u64':
      return `(typeof ${value} === 'bigint' && BigInt.asUintN(64, ${value}) === ${value})`;
    case 'i8':
    case 'i16': {
      const shift = type === 'i8' ? 24 : 16;
      return `${value} << ${shift} >> ${shift} === ${value}`;
    }
    default:
      return `(${value} & ${type === 'u8' ? 0xff : 0xffff}) === ${value}`;
  }
}
