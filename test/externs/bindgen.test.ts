/** `tsnative bindgen`: what it reads in C, and the headers of libraries, whose declarations must compile. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseType } from '../../compiler/bindgen/c-types.ts';
import { candidatesOf, macrosOf } from '../../compiler/bindgen/constants.ts';
import { bindgen } from '../../compiler/bindgen/index.ts';
import { compileProject } from '../../compiler/front-end.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { makeProject, repository } from '../support/project.ts';
import { testUnless } from '../support/skip.ts';

const test = suite('bindgen');
const project = makeProject({});
test.after(() => project.remove());

test('types of C are read from the inside', () => {
  const char = { kind: 'number', name: 'char' };
  const text = { kind: 'pointer', to: char, isConst: true };
  assert.equal(parseType('const char *'), text);
  assert.equal(parseType('unsigned long'), { kind: 'number', name: 'unsigned long' });
  assert.equal(parseType('struct x *const restrict'), {
    kind: 'pointer',
    to: { kind: 'tagged', what: 'struct', tag: 'x' },
    isConst: false,
  });
  const fn = {
    kind: 'function',
    result: { kind: 'void' },
    params: [{ kind: 'number', name: 'int' }],
    isVariadic: false,
  };
  assert.equal(parseType('void (*(int, void (*)(int)))(int)'), {
    kind: 'function',
    result: { kind: 'pointer', to: fn, isConst: false },
    params: [
      { kind: 'number', name: 'int' },
      { kind: 'pointer', to: fn, isConst: false },
    ],
    isVariadic: false,
  });
  assert.equal(parseType('int (const char *, ...)'), {
    kind: 'function',
    result: { kind: 'number', name: 'int' },
    params: [text],
    isVariadic: true,
  });
  assert.equal(parseType('double[2][3]'), {
    kind: 'array',
    of: { kind: 'array', of: { kind: 'number', name: 'double' }, size: 3 },
    size: 2,
  });
  assert.is(parseType('int (').kind === 'unknown' || parseType('int ?').kind === 'unknown', true);
});

test('macros that may be constants are found', () => {
  const text = `# 1 "own.h"
#define A 3
#define B (A << 4)
#define F(x) x
#define S do { } while (0)
#undef A
#define _K 1
#define L (1
#define M ')' + 1
#define Q '
#define T
# 1 "/usr/include/other.h"
#define N 5
`;
  assert.equal(candidatesOf(macrosOf(text, (file) => file === 'own.h')), ['B', 'M']);
});

test('constants have the values that C gives them', async () => {
  const header = `
#include <stddef.h>
#include <limits.h>
#define A 3
#define B (A << 4 | 0x0f)
#define C ((unsigned long)-1)
#define D "a" "b\\n"
#define E 1.5e3f
#define G other
#define H (~0u & 'a')
#define I 18446744073709551615ULL
#define J 7 / 2 - 010
#define K ~0u
#define L "\\033[0m\\x41\\\\\\"\\t"
#define M '\\033'
#define N ((size_t)-1 / sizeof(double))
#define O -0.0
#define P (1 / 0)
#define Q ((char *)0)
#define R ((void *)1)
#define S LLONG_MIN
#define T 0x1p-1074
#define U 1e400
#define V (3 > 2 ? 10L : 20L)
#define W "gr\\303\\274n"
#define X "\\377"
#define Y ""
#define Z extern
#define AA (unsigned char)300
#define AB A, B
#define AC (float)0.1
#define AD variable
#define AE inner
#define AF 'ab'
extern int variable;
enum { inner = 7 };
`;
  project.write('constants.h', header);
  const { text } = await bindgen({
    ...{ header: join(project.folder, 'constants.h'), include: [], define: [], library: ['c'] },
  });
  assert.equal(
    [...text.matchAll(/^export const (\w+) = (.*);$/gm)].map(
      ([, name, value]) => `${name} ${value}`,
    ),
    [
      ...['A 3', 'B 63', 'C 18446744073709551615n', 'D "ab\\n"', 'E 1500', 'H 97'],
      ...['I 18446744073709551615n', 'J -5', 'K 4294967295', 'L "\\u001b[0mA\\\\\\"\\t"', 'M 27'],
      ...['N 2305843009213693951n', 'O -0', 'S -9223372036854775808n', 'T 5e-324'],
      ...['U Infinity', 'V 10', 'W "grün"', 'Y ""', 'AA 44', 'AC 0.10000000149011612', 'AE 7'],
      ...['AF 24930', 'inner 7'],
    ],
  );
});

const own = `
#ifndef OWN_H
#define OWN_H
#include <stddef.h>
#define OWN_SIZE 16
/* A thing that the library keeps. */
typedef struct own own;
/** A point.
 *  Of the plane. */
typedef struct { double x; float y; const char *name; void (*moved)(int); } own_point;
union own_either { int a; double b; };
struct own_bits { unsigned a : 3; };
enum own_colour { OWN_RED, OWN_GREEN = 5, OWN_BLUE };
/* Makes one. See @own_free. */
own *own_make(const char *name, size_t size, int flags);
void own_free(own *);
double own_sum(const double *values, unsigned count, own_point *at, own **made);
int own_each(own *o, int (*take)(void *data, double x), void *data);
enum own_colour own_colour_of(const own *o, _Bool in, struct own_bits *bits);
void own_print(const char *format, ...);
struct own_bits own_value(void);
static inline int own_twice(int x) { return 2 * x; }
#endif
`;

test('a header becomes declarations, and what can’t be bound is told with the reason', async () => {
  project.write('own.h', own);
  const header = join(project.folder, 'own.h');
  const { text, bound, unbound } = await bindgen({
    header,
    include: [],
    define: [],
    library: ['own'],
  });
  for (const line of [
    'export const OWN_SIZE = 16;',
    'export const OWN_GREEN = 5;',
    'export const OWN_BLUE = 6;',
    "export declare function own_make(name: string | null, size: u64, flags: i32): Handle<'own'> | null;",
    "export declare function own_free(a0: Handle<'own'> | null): void;",
    "export declare function own_sum(values: Float64Array | null, count: u32, at: own_point | null, made: Out<Handle<'own'> | null> | null): f64;",
    "export declare function own_each(o: Handle<'own'> | null, take: ((a0: Pointer, a1: f64) => i32) | null, data: Pointer): i32;",
    "export declare function own_colour_of(o: Handle<'own'> | null, in_: bool, bits: Handle<'own_bits'> | null): i32;",
    'export declare function own_print(format: string | null, ...values: []): void;',
    ' * Makes one. See (at)own_free.',
    ' * @extern own: own_make',
    ' * @struct 32',
    ' * A point.',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
  assert.match(
    text,
    /interface own_point \{\n {2}x: f64;\n {2}y: f32;\n {2}name: Pointer;\n {2}moved: Pointer;\n\}/,
  );
  assert.is(bound, 8);
  assert.equal(
    unbound.map(({ name, reason }) => `${name}: ${reason}`),
    [
      'own_either: it is a union',
      'own_bits: its member `a` is a bit-field',
      'own_value: it gives the struct `own_bits` by its value, and of that its member `a` is a bit-field',
      'own_twice: its code is in the header, and no library has it',
    ],
  );
});

test('a header that is none is told', async () => {
  project.write('broken.h', 'int f(;');
  const header = join(project.folder, 'broken.h');
  try {
    await bindgen({ header, include: [], define: [], library: [] });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /clang can't read .*broken\.h: .*error/s);
  }
});

const headers = [
  ['zlib.h', 80],
  ['cblas.h', 190],
  ['fftw3.h', 200],
  ['sqlite3.h', 280],
  ['math.h', 200],
  ['png.h', 240],
] as const;
const folders = ['/usr/include', '/usr/include/x86_64-linux-gnu', '/usr/include/aarch64-linux-gnu'];

for (const [name, least] of headers) {
  const header = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  testUnless(
    header ? undefined : `there is no ${name}`,
    test,
    `${name} is bound, and compiles`,
    async () => {
      const { text, bound, unbound } = await bindgen({
        ...{ header: header ?? '', include: [], define: [], library: [] },
      });
      assert.ok(bound >= least, `${bound}`);
      assert.ok(bound / (bound + unbound.length) >= 0.95, JSON.stringify(unbound));
      // All of it as functions that JavaScript calls, but for those that change an object and call functions.
      const lines = text
        .split('\n')
        .filter(
          (line) => !(line.includes('=>') && /Out<|: (z_stream_s|sqlite3_module) \|/.test(line)),
        );
      const file = `src/${name}.native.ts`;
      project.write(file, `/** @native */\n\n${lines.join('\n')}`);
      const include = { include: [file] };
      const tsconfig = JSON.parse(readFileSync(project.tsconfig, 'utf8')) as object;
      project.write(`${name}.json`, JSON.stringify({ ...tsconfig, ...include }));
      const { module, diagnostics } = compileProject(join(project.folder, `${name}.json`), 0);
      assert.equal(diagnostics, []);
      if (!module) throw new Error('no module');
      assert.equal(verifyModule(module), []);
      const declared = lines.filter((line) => line.startsWith('export declare function'));
      assert.is(module.functions.filter(({ extern }) => extern).length, declared.length);
    },
  );
}

test('headers that need others before them, and folders above them, are read', async () => {
  project.write('lib/needs.h', '#include <lib/inner.h>\nsize_t needs(FILE *file, inner_t x);\n');
  project.write('lib/inner.h', 'typedef uint16_t inner_t;\n');
  const options = { include: [], define: [], library: ['needs'] };
  const { text } = await bindgen({ header: join(project.folder, 'lib/needs.h'), ...options });
  assert.match(text, /function needs\(file: Handle<'FILE'> \| null, x: u16\): u64;/);
});

test('functions have the names that programs call them by', async () => {
  project.write(
    'alias.h',
    '#define made __alias_made\nint __alias_made(int x);\nint __hidden(void);\n',
  );
  const options = { include: [], define: [], library: ['alias'] };
  const { text, bound } = await bindgen({ header: join(project.folder, 'alias.h'), ...options });
  assert.match(
    text,
    /@extern alias: __alias_made \*\/\nexport declare function made\(x: i32\): i32;/,
  );
  assert.is(bound, 1);
});

test('a header of headers stands for those beside it', async () => {
  project.write('all/all.h', '#include <all/one.h>\n#include <all/two.h>\n#include <stdlib.h>\n');
  project.write('all/one.h', 'int all_one(void);\n');
  project.write('all/two.h', '#define ALL_TWO 2\n');
  const options = { include: [project.folder], define: [], library: ['all'] };
  const { text, bound } = await bindgen({ header: join(project.folder, 'all/all.h'), ...options });
  assert.is(bound, 1);
  assert.match(text, /const ALL_TWO = 2;/);
});

test('structures without names, and enumerations beyond an int', async () => {
  const header = `
typedef struct { int a; } *without_name;
typedef struct { int a; struct { int b; } inner; } outer;
enum flags { HIGH = 0x80000000u, LOW = 1 };
enum wide { WIDE = 0x100000000000 };
enum low { LEAST = -1 };
enum flags flags_of(without_name one, enum flags *all, enum wide wide, enum low low);
`;
  project.write('names.h', header);
  const options = { include: [], define: [], library: ['names'] };
  const { text, unbound } = await bindgen({ header: join(project.folder, 'names.h'), ...options });
  assert.match(
    text,
    /flags_of\(one: Pointer, all: Uint32Array \| null, wide: u64, low: i32\): u32;/,
  );
  assert.equal(
    unbound.map(({ reason }) => reason),
    ['it has no name'],
  );
  assert.match(text, /interface outer_inner \{\n {2}b: i32;\n\}/);
  assert.match(text, /interface outer \{\n {2}a: i32;\n {2}inner: outer_inner;\n\}/);
});

test('structures hold others, arrays and texts, and go by their value', async () => {
  const header = `
#include <stdint.h>
typedef struct { float x, y; } vec;
typedef struct box {
  vec at, corners[2];
  struct edge { double from; int to[2]; } edges[2];
  char name[16], lines[2][8];
  unsigned char raw[4];
  float matrix[4][4];
  const char *names[3];
  enum { IN, OUT } sides[2];
  _Bool on[2];
} box;
struct wide { vec many[17]; };
struct huge { char bytes[20000]; };
struct open { int count; int items[]; };
struct either { union { int a; float b; } value; };
union word { int i; float f; };
struct __attribute__((packed)) packed { char a; int b; };
struct __hidden { int x; };
int hidden_look(struct __hidden *one);
int hidden_value(struct __hidden one);
vec vec_add(vec a, const vec *b);
box box_of(box by, int count);
int box_look(const box *by, box *changed);
int wide_sum(struct wide *all);
int wide_value(struct wide all);
union word word_of(union word given);
int dots(vec a, ...);
`;
  project.write('structures.h', header);
  const path = join(project.folder, 'structures.h');
  const options = { include: [], define: [], library: ['structures'] };
  const { text, unbound } = await bindgen({ header: path, ...options });
  for (const line of [
    ' * @struct 8',
    ...['  at: vec;', '  corners: [vec, vec];', '  edges: [edge, edge];'],
    ...['  name: Sized<string, 16>;', '  lines: [Sized<string, 8>, Sized<string, 8>];'],
    ...['  raw: Sized<Uint8Array, 4>;', '  matrix: Sized<Float32Array, 16>;'],
    ...[
      '  names: Sized<BigUint64Array, 3>;',
      '  sides: Sized<Int32Array, 2>;',
      '  on: [bool, bool];',
    ],
    'export declare function vec_add(a: ByValue<vec>, b: Readonly<vec> | null): ByValue<vec>;',
    'export declare function box_of(by: ByValue<box>, count: i32): ByValue<box>;',
    'export declare function box_look(by: Readonly<box> | null, changed: box | null): i32;',
    "export declare function hidden_look(one: Handle<'__hidden'> | null): i32;",
    'export declare function hidden_value(one: ByValue<__hidden>): i32;',
    ...['/** @struct 4 */', 'export interface __hidden {'],
    "export declare function wide_sum(all: Handle<'wide'> | null): i32;",
  ])
    assert.ok(
      text.split('\n').some((one) => one === line || one === `/**${line.slice(2)} */`),
      `${line}\n${text}`,
    );
  assert.equal(
    unbound.map(({ name, reason }) => `${name}: ${reason}`),
    [
      'wide: its member `many` is an array of 17 structures',
      'huge: its 20000 bytes are more than the 16384 that a call copies',
      'open: its member `items` is an array without a length',
      'either_value: it is a union',
      'either: its member `value` is the union `either_value` itself',
      'word: it is a union',
      'packed: C has 5 bytes for it, where its members take 8: it is packed or aligned in a way of its own',
      'wide_value: it takes the struct `wide` by its value, and of that its member `many` is an array of 17 structures',
      'word_of: it takes the union `word` by its value',
      'dots: it takes or gives a structure by its value, and has dots behind',
    ],
  );
  project.write('src/structures.native.ts', `/** @native */\n\n${text}`);
  const tsconfig = JSON.parse(readFileSync(project.tsconfig, 'utf8')) as object;
  project.write(
    'structures.json',
    JSON.stringify({ ...tsconfig, include: ['src/structures.native.ts'] }),
  );
  const { module, diagnostics } = compileProject(join(project.folder, 'structures.json'), 0);
  assert.equal(diagnostics, []);
  assert.equal(module && verifyModule(module), []);
});

test('a structure of another header is declared where it goes by its value', async () => {
  project.write(
    'complex/type.h',
    'typedef struct { double dat[2]; } number;\nstruct pair { number a, b; };\nstruct other { int x; };\n',
  );
  project.write(
    'complex/math.h',
    '#include <complex/type.h>\nnumber add(number a, struct pair *b);\nvoid swap(struct pair all, struct other *o);\n',
  );
  const header = join(project.folder, 'complex/math.h');
  const { text, unbound } = await bindgen({
    ...{ header, include: [project.folder], define: [], library: ['complex'] },
  });
  assert.equal(unbound, []);
  for (const line of [
    ' * @struct 16\n */\nexport interface number_ {\n  dat: Sized<Float64Array, 2>;\n}',
    ' * @struct 32\n */\nexport interface pair {\n  a: number_;\n  b: number_;\n}',
    "function add(a: ByValue<number_>, b: Handle<'pair'> | null): ByValue<number_>;",
    "function swap(all: ByValue<pair>, o: Handle<'other'> | null): void;",
  ])
    assert.ok(text.includes(line), `${line}\n${text}`);
});

test('the command writes a file, and tells what is in it', () => {
  project.write('own.h', own);
  const [header, out] = ['own.h', 'own.native.ts'].map((name) => join(project.folder, name));
  const main = join(repository, 'compiler/cli/main.ts');
  const args = ['--import', 'tsx', main, 'bindgen', header ?? '', '-o', out ?? ''];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    ...{ cwd: repository, encoding: 'utf8' },
  });
  assert.is(status, 0, stderr);
  assert.is(stdout, '');
  assert.match(
    stderr,
    /^8 of 12 declarations bound, and 1 constant: .*own\.native\.ts\n {2}not bound: own_either: it is a union\n/,
  );
  assert.match(
    readFileSync(join(project.folder, 'own.native.ts'), 'utf8'),
    /@extern own: own_make/,
  );
});

test.run();
