/**
 * The guards of functions that a hints file types: native code runs where the arguments are what the hints say,
 * and JavaScript for all others, so that a hint never changes what a module takes.
 */
import type { HintType, NativeFunction } from '../1-read/model.ts';
import type { Receiver } from '../ir/receivers.ts';
import { isList, isRecord, isView, viewClass, viewKind, type IrType } from '../ir/types.ts';
import type { FilePlan, GuardedFunction } from './javascript-file.ts';

/** Writes the guards into a file's text. */
export function insertGuards(
  text: string,
  { guards, guarded = [] }: FilePlan,
  receivers: ReadonlyMap<string, Receiver>,
): string {
  if (guards === undefined) return text;
  return guarded.reduce((written, one, index) => {
    const receiver = receivers.get(one.fn.id);
    const guard = receiver ? methodGuard(one, receiver) : functionGuard(one);
    return written.replace(`"${guards}:${index};";`, () => guard);
  }, text);
}

function functionGuard({ fn, binding, params }: GuardedFunction): string {
  const tests = [`${binding} !== void 0`, ...argumentTests(fn, params)];
  return `if (${tests.join(' && ')}) return ${binding}(${params.join(', ')});`;
}

/** The fields go before the arguments; what changed is put back when the call ends, also by an error. */
function methodGuard({ fn, binding, params }: GuardedFunction, receiver: Receiver): string {
  const { frame, fields, replaced, returnsThis } = receiver;
  const tests = [
    `${binding} !== void 0`,
    ...[...fields, ...frame].map(({ name, type }) => testOf(member(name), { type })),
    ...argumentTests(fn, params),
    ...receiver.methods.map(
      (name) => `${member(name)} === ${receiver.owner}.prototype${access(name)}`,
    ),
  ];
  const scratch = `${binding}.frame`;
  const args = [
    ...(frame.length > 0 ? ['$frame'] : []),
    ...fields.map(({ name }) => member(name)),
    ...params,
  ];
  const call = `${binding}(${args.join(', ')})`;
  const written = frame.flatMap(({ name, type, isWritten }, index) =>
    isWritten ? [`${member(name)} = $frame[${index}]${type === 'bool' ? ' !== 0' : ''};`] : [],
  );
  const results = replaced.map(({ name }, index) => `${member(name)} = $result[${index + 1}];`);
  const answer = returnsThis
    ? 'return this;'
    : `return $result${replaced.length > 0 ? '[0]' : ''};`;
  if (frame.length === 0 && replaced.length === 0)
    return `if (${tests.join(' && ')}) ${returnsThis ? `{ ${call}; return this; }` : `return ${call};`}`;
  const filled = frame.map(
    ({ name, type }, index) => `$frame[${index}] = ${type === 'bool' ? '+' : ''}${member(name)};`,
  );
  const run = [`const $result = ${call};`, ...results, answer].join(' ');
  const body = written.length > 0 ? `try { ${run} } finally { ${written.join(' ')} }` : run;
  const begin =
    frame.length > 0
      ? [`const $frame = ${scratch} ??= new Float64Array(${frame.length});`, ...filled].join(' ')
      : '';
  return `if (${tests.join(' && ')}) { ${begin} ${body} }`;
}

const argumentTests = (fn: NativeFunction, params: readonly string[]): string[] =>
  fn.params.flatMap(({ hint }, index) => {
    const name = params[index];
    return hint.type === undefined || name === undefined ? [] : [testOf(name, hint)];
  });

const access = (name: string): string =>
  /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

const member = (name: string): string => `this${access(name)}`;

/** An expression that is true for the values of a type. */
function testOf(
  value: string,
  hint: Partial<HintType> & { readonly type: IrType | undefined },
): string {
  if (hint.type === undefined) return 'true';
  const test = typeTest(value, hint.type);
  const absent = [
    ...(hint.undefined ? [`${value} === void 0`] : []),
    ...(hint.null ? [`${value} === null`] : []),
  ];
  return absent.length === 0 ? test : `(${[...absent, test].join(' || ')})`;
}

function typeTest(value: string, type: IrType): string {
  // A Buffer is a Uint8Array with other methods.
  if (type === 'view.u8')
    return `(${value} instanceof Uint8Array && !(${value} instanceof Buffer))`;
  if (isView(type)) return `${value} instanceof ${viewClass[viewKind(type)]}`;
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
