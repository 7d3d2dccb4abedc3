/** The C header of a library. */
import type { DocComment } from '../../1-read/doc-comments.ts';
import { elementType, type ScalarType } from '../../ir/types.ts';
import type { CFunction, CParameter, CValue, LibraryPlan } from './plan.ts';

export interface HeaderJob {
  readonly plan: LibraryPlan;
  readonly package: string;
  /** By the callees' names. */
  readonly docs: ReadonlyMap<string, DocComment>;
}

/** The C type of a scalar. */
export function cType(type: ScalarType): string {
  if (type === 'bool') return 'bool';
  if (type === 'f64') return 'double';
  if (type === 'f32') return 'float';
  return type.startsWith('u') ? `uint${type.slice(1)}_t` : `int${type.slice(1)}_t`;
}

type CArray = Extract<CValue, { kind: 'view' | 'list' }>;

/** The struct of an array that a function gives. */
const arrayType = (value: CArray): string => `tsnative_${elementOf(value)}_array`;

/** The type of an array's elements. */
const elementOf = (value: CArray): ScalarType =>
  value.kind === 'list' ? value.type : elementType(value.type);

/** The text of the header. */
export function emitHeader({ plan, package: name, docs }: HeaderJob): string {
  const { prefix, functions, leftOut } = plan;
  const guard = `TSNATIVE_${prefix.toUpperCase()}_H`;
  const arrays = [
    ...new Set(
      functions.flatMap(({ result }) =>
        result?.kind === 'view' || result?.kind === 'list' ? [elementOf(result)] : [],
      ),
    ),
  ];
  const givesText = functions.some(({ result }) => result?.kind === 'string');
  const missing =
    leftOut.length === 0
      ? ''
      : `${comment([
          "Functions that C can't call:",
          ...leftOut.map(({ name: own, why }) => `${own}: ${why}.`),
        ])}\n\n`;
  return `/* Made by tsnative of the package ${name}. */
#ifndef ${guard}
#define ${guard}

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

${conventions}
#ifndef TSNATIVE_ERRORS
#define TSNATIVE_ERRORS

/* What functions return. */
enum tsnative_status {
  TSNATIVE_OK = 0,
  TSNATIVE_ERROR = 1,
  TSNATIVE_RANGE_ERROR = 2,
  TSNATIVE_TYPE_ERROR = 3,
  TSNATIVE_REFERENCE_ERROR = 4,
  TSNATIVE_SYNTAX_ERROR = 5,
  TSNATIVE_EVAL_ERROR = 6,
  TSNATIVE_URI_ERROR = 7
};

/* An error of a call. */
typedef struct tsnative_error {
  int32_t kind;     /* The status. */
  const char *name; /* JavaScript's class, such as "RangeError". */
  char *message;    /* As in JavaScript, in UTF-8; NULL where there was no memory for it. */
} tsnative_error;

/* Frees the message of an error. */
void tsnative_clear(tsnative_error *error);

/* Frees memory that a function has given; NULL is nothing. */
void tsnative_free(void *memory);

#endif
${arrays.map((type) => arrayStruct(`tsnative_${type}_array`, cType(type))).join('')}${givesText ? textStruct : ''}
${missing}${functions.map((fn) => declaration(fn, docs.get(fn.exported.callee))).join('\n')}
#ifdef __cplusplus
}
#endif

#endif
`;
}

const conventions = `/*
 * Each function returns a status: TSNATIVE_OK, or which class of errors it has thrown. \`error\` is filled then and is to
 * be cleared; it may be NULL, also \`result\`, where nobody wants to know.
 *
 * Arrays are a pointer and a number of elements. What is declared const isn't written to; other arrays of one call may
 * share memory, as typed arrays may. An array may be NULL where it has no elements. Strings are UTF-8, with their
 * length in bytes.
 *
 * What may be absent in JavaScript is a pointer, and absent where that is NULL. For results, \`has_result\` tells.
 *
 * An array or a string in a result is the caller's: \`owner\` or \`text\` is to be freed by tsnative_free. \`owner\` is NULL
 * where the result is part of an argument.
 *
 * All functions can be called by several threads at the same time.
 */`;

const guarded = (name: string, text: string): string =>
  `\n#ifndef ${name.toUpperCase()}\n#define ${name.toUpperCase()}\n${text}#endif\n`;

const arrayStruct = (name: string, element: string): string =>
  guarded(
    name,
    `typedef struct ${name} {
  ${element} *data;
  size_t length; /* Elements. */
  void *owner;   /* To be freed; may be NULL. */
} ${name};
`,
  );

const textStruct = guarded(
  'tsnative_string',
  `typedef struct tsnative_string {
  char *text;    /* UTF-8 with a zero behind it, to be freed. A surrogate without its other half is U+FFFD. */
  size_t length; /* Bytes, without the zero. */
} tsnative_string;
`,
);

function declaration({ symbol, params, result }: CFunction, doc: DocComment | undefined): string {
  const all = [
    ...params.flatMap(parameter),
    ...(result ? [resultParameter(result)] : []),
    ...(result?.absent ? ['bool *has_result'] : []),
    'tsnative_error *error',
  ];
  const about = describe(params, result, doc);
  return `${about.length > 0 ? `${comment(about)}\n` : ''}int32_t ${symbol}(${all.join(', ')});\n`;
}

function parameter(param: CParameter): string[] {
  const { name } = param;
  switch (param.kind) {
    case 'scalar':
      return [
        param.absent ? `const ${cType(param.type)} *${name}` : `${cType(param.type)} ${name}`,
      ];
    case 'view':
    case 'list': {
      const element = cType(elementOf(param));
      return [`${param.isWritten ? '' : 'const '}${element} *${name}`, `size_t ${name}_length`];
    }
    case 'string':
      return [`const char *${name}`, `size_t ${name}_length`];
  }
}

function resultParameter(result: CValue): string {
  switch (result.kind) {
    case 'scalar':
      return `${cType(result.type)} *result`;
    case 'view':
    case 'list':
      return `${arrayType(result)} *result`;
    case 'string':
      return 'tsnative_string *result';
  }
}

/** The lines of a function's comment. */
function describe(
  params: readonly CParameter[],
  result: CValue | undefined,
  doc: DocComment | undefined,
): string[] {
  if (!doc) return [];
  const block = (title: string, text: string): string[] => {
    const [first = '', ...rest] = text.split('\n');
    return text === '' ? [] : [`${title}${first}`, ...rest.map((line) => `  ${line.trim()}`)];
  };
  const named = params.flatMap(({ name, sourceName }) =>
    block(`${name}: `, doc.params.get(sourceName) ?? ''),
  );
  const details = [
    ...named,
    ...(result ? block('result: ', doc.returns) : []),
    ...doc.throws.flatMap((text) => block('error: ', text)),
  ];
  const text = doc.text === '' ? [] : doc.text.split('\n');
  return [...text, ...(text.length > 0 && details.length > 0 ? [''] : []), ...details];
}

/** A comment of these lines, which may have anything in them. */
function comment(lines: readonly string[]): string {
  const safe = lines.map((line) => line.replaceAll('*/', '*\u200b/'));
  const [only = ''] = safe;
  if (safe.length === 1) return `/* ${only} */`;
  return ['/*', ...safe.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}
