/** What `bench:call` calls with: each kind of parameter and result, as TypeScript and as C by hand. */
import { arrayClasses } from '../../runtime/array-classes.ts';

/** A kind of parameter. */
export interface ParameterKind {
  readonly title: string;
  /** In TypeScript. */
  readonly type: string;
  /** Three arguments. */
  readonly values: readonly [unknown, unknown, unknown];
  /** What a parameter adds to the function's result, in TypeScript. */
  term(name: string): string;
  /** How careful C gets it from `value`; leaves what it adds in the number `name`. */
  receive(name: string, value: string): string;
}

/** A kind of result. */
export interface ResultKind {
  readonly title: string;
  /** In TypeScript; empty for none. */
  readonly type: string;
  /** The parameters, as TypeScript declares them, and the arguments for them. */
  readonly params?: string;
  readonly args?: readonly unknown[];
  /** The body in TypeScript. */
  readonly body: string;
  /** The whole body of a `napi_callback` in C. */
  readonly c: string;
}

const view = new ArrayBuffer(64);

const number = (title: string, type: string, test: string, value: number): ParameterKind => ({
  title,
  type,
  values: [value, value, value],
  term: (name) => name,
  receive: (name, argument) =>
    `double ${name}; if (napi_get_value_double(env, ${argument}, &${name}) != 0${test.replaceAll('x', name)}) return refuse(env);`,
});

/** Careful C wants an integer for one, and no other number silently made one. */
const integer = (type: string, c: string, min: string, max: string): ParameterKind => ({
  ...number(type, type, '', 7),
  receive: (name, argument) =>
    `double ${name}_number; if (napi_get_value_double(env, ${argument}, &${name}_number) != 0 || !(${name}_number >= ${min} && ${name}_number <= ${max}) || ${name}_number != (double)(${c})${name}_number) return refuse(env); long long ${name} = (${c})${name}_number;`,
});

const bigint = (type: string, c: string, get: string): ParameterKind => ({
  title: type,
  type,
  values: [7n, 7n, 7n],
  term: (name) => `(${name} === 7n ? 1 : 2)`,
  receive: (name, argument) =>
    `${c} ${name}_big; _Bool ${name}_exact; if (${get}(env, ${argument}, &${name}_big, &${name}_exact) != 0 || !${name}_exact) return refuse(env); double ${name} = ${name}_big == 7 ? 1 : 2;`,
});

const receiveArray = (type: number) => (name: string, argument: string) =>
  `int ${name}_type; size_t ${name}_length; void *${name}_data; if (napi_get_typedarray_info(env, ${argument}, &${name}_type, &${name}_length, &${name}_data, 0, 0) != 0 || ${name}_type != ${type}) return refuse(env); double ${name} = ${name}_length;`;

const optional = (title: string, value: unknown): ParameterKind => ({
  title,
  type: 'number | undefined',
  values: [value, value, value],
  term: (name) => `(${name} ?? 3)`,
  receive: (name, argument) =>
    `int ${name}_type; double ${name} = 3; if (napi_typeof(env, ${argument}, &${name}_type) != 0 || (${name}_type != 0 && napi_get_value_double(env, ${argument}, &${name}) != 0)) return refuse(env);`,
});

const optionalArray = (title: string, value: unknown): ParameterKind => ({
  title,
  type: 'Float64Array | undefined',
  values: [value, value, value],
  term: (name) => `(${name}?.length ?? 3)`,
  receive: (name, argument) =>
    `int ${name}_value; double ${name} = 3; if (napi_typeof(env, ${argument}, &${name}_value) != 0) return refuse(env); if (${name}_value != 0) { ${receiveArray(8)(`${name}a`, argument)} ${name} = ${name}a; }`,
});

export const parameterKinds: readonly ParameterKind[] = [
  number('number', 'number', '', 1.5),
  number('f32', 'f32', ' || ((double)(float)x != x && x == x)', 1.5),
  integer('i8', 'signed char', '-128', '127'),
  integer('u8', 'unsigned char', '0', '255'),
  integer('i16', 'short', '-32768', '32767'),
  integer('u16', 'unsigned short', '0', '65535'),
  integer('i32', 'int', '-2147483648.0', '2147483647.0'),
  integer('u32', 'unsigned', '0', '4294967295.0'),
  bigint('i64', 'long long', 'napi_get_value_bigint_int64'),
  bigint('u64', 'unsigned long long', 'napi_get_value_bigint_uint64'),
  {
    title: 'boolean',
    type: 'boolean',
    values: [true, false, true],
    term: (name) => `(${name} ? 1 : 2)`,
    receive: (name, argument) =>
      `_Bool ${name}_bool; if (napi_get_value_bool(env, ${argument}, &${name}_bool) != 0) return refuse(env); double ${name} = ${name}_bool ? 1 : 2;`,
  },
  optional('number | undefined, given', 1.5),
  optional('number | undefined, absent', undefined),
  ...Object.values(arrayClasses).map((Class, type): ParameterKind => ({
    title: Class.name,
    type: Class.name,
    values: [new Class(view), new Class(view), new Class(view)],
    term: (name) => `${name}.length`,
    receive: receiveArray(type),
  })),
  {
    title: 'Buffer',
    type: 'Buffer',
    values: [Buffer.from(view), Buffer.from(view), Buffer.from(view)],
    term: (name) => `${name}.length`,
    receive: (name, argument) =>
      `_Bool ${name}_is; size_t ${name}_length; void *${name}_data; if (napi_is_buffer(env, ${argument}, &${name}_is) != 0 || !${name}_is || napi_get_buffer_info(env, ${argument}, &${name}_data, &${name}_length) != 0) return refuse(env); double ${name} = ${name}_length;`,
  },
  {
    title: 'DataView',
    type: 'DataView',
    values: [new DataView(view), new DataView(view), new DataView(view)],
    term: (name) => `${name}.byteLength`,
    receive: (name, argument) =>
      `size_t ${name}_length; void *${name}_data; if (napi_get_dataview_info(env, ${argument}, &${name}_length, &${name}_data, 0, 0) != 0) return refuse(env); double ${name} = ${name}_length;`,
  },
  optionalArray('Float64Array | undefined, given', new Float64Array(view)),
  optionalArray('Float64Array | undefined, absent', undefined),
];

const scalar = (
  type: string,
  create: string,
  c: string,
  value: unknown,
  title = type,
): ResultKind => ({
  title,
  type,
  body: `return ${typeof value === 'bigint' ? `${value}n` : String(value)};`,
  c: `napi_value result; ${create}(env, (${c})${Number(value)}, &result); return result;`,
});

export const resultKinds: readonly ResultKind[] = [
  { title: 'none', type: 'void', body: '', c: 'return 0;' },
  scalar('number', 'napi_create_double', 'double', 7, 'number, an integer'),
  scalar('number', 'napi_create_double', 'double', 7.5, 'number, a fraction'),
  scalar('f32', 'napi_create_double', 'double', 7.5),
  ...['i8', 'u8', 'i16', 'u16', 'i32'].map((type) => scalar(type, 'napi_create_int32', 'int', 7)),
  scalar('u32', 'napi_create_uint32', 'unsigned', 7),
  scalar('i64', 'napi_create_bigint_int64', 'long long', 7n),
  scalar('u64', 'napi_create_bigint_uint64', 'unsigned long long', 7n),
  scalar('boolean', 'napi_get_boolean', '_Bool', true),
  {
    title: 'number | undefined, absent',
    type: 'number | undefined',
    body: 'return undefined;',
    c: 'return 0;',
  },
  scalar('number | undefined', 'napi_create_double', 'double', 7, 'number | undefined, given'),
  {
    title: 'number | null, absent',
    type: 'number | null',
    body: 'return null;',
    c: 'napi_value result; napi_get_null(env, &result); return result;',
  },
  {
    title: 'a Float64Array that was given',
    type: 'Float64Array',
    params: 'a: Float64Array',
    args: [new Float64Array(view)],
    body: 'return a;',
    c: `napi_value args[1]; size_t count = 1; if (napi_get_cb_info(env, info, &count, args, 0, 0) != 0) return refuse(env); ${receiveArray(8)('a', 'args[0]')} return args[0];`,
  },
  {
    title: 'new Float64Array(8)',
    type: 'Float64Array',
    body: 'return new Float64Array(8);',
    c: `napi_value buffer, result; void *data; if (napi_create_arraybuffer(env, 64, &data, &buffer) != 0 || napi_create_typedarray(env, 8, 8, buffer, 0, &result) != 0) return 0; return result;`,
  },
];

/** What of Node's headers the C needs, so that they need not be there. */
export const declarations = `
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
typedef __SIZE_TYPE__ size_t;
int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_typeof(napi_env, napi_value, int *);
int napi_get_value_double(napi_env, napi_value, double *);
int napi_get_value_bool(napi_env, napi_value, _Bool *);
int napi_get_value_bigint_int64(napi_env, napi_value, long long *, _Bool *);
int napi_get_value_bigint_uint64(napi_env, napi_value, unsigned long long *, _Bool *);
int napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *, size_t *);
int napi_is_buffer(napi_env, napi_value, _Bool *);
int napi_get_buffer_info(napi_env, napi_value, void **, size_t *);
int napi_get_dataview_info(napi_env, napi_value, size_t *, void **, napi_value *, size_t *);
int napi_create_double(napi_env, double, napi_value *);
int napi_create_int32(napi_env, int, napi_value *);
int napi_create_uint32(napi_env, unsigned, napi_value *);
int napi_create_bigint_int64(napi_env, long long, napi_value *);
int napi_create_bigint_uint64(napi_env, unsigned long long, napi_value *);
int napi_get_boolean(napi_env, _Bool, napi_value *);
int napi_get_null(napi_env, napi_value *);
int napi_create_arraybuffer(napi_env, size_t, void **, napi_value *);
int napi_create_typedarray(napi_env, int, size_t, napi_value, size_t, napi_value *);
int napi_throw_type_error(napi_env, const char *, const char *);
int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
static napi_value refuse(napi_env env) {
  napi_throw_type_error(env, 0, "wrong arguments");
  return 0;
}`;
