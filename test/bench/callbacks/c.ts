/** The same integrals wholly in C, as a shared library: what a function pointer of C's costs. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clangCpuOptions, hostTarget } from '../../../compiler/5-link/targets.ts';
import { findZig } from '../../../compiler/5-link/toolchains/bundled.ts';
import { integrands, limits } from './integrands.ts';

const source = `
typedef unsigned long size_t;
#define NULL 0
double sqrt(double), pow(double, double), log(double);
typedef struct { double (*function)(double, void *); void *params; } gsl_function;
void *gsl_integration_workspace_alloc(size_t);
void gsl_integration_workspace_free(void *);
int gsl_integration_qags(const gsl_function *, double, double, double, double, size_t, void *, double *, double *);
static double integrated(double (*function)(double, void *)) {
  gsl_function f = {function, NULL};
  double result = 0, error;
  void *workspace = gsl_integration_workspace_alloc(${limits.intervals});
  gsl_integration_qags(&f, 0, 1, ${limits.absolute}, ${limits.relative}, ${limits.intervals}, workspace, &result, &error);
  gsl_integration_workspace_free(workspace);
  return result;
}
${integrands
  .map(
    ({ name, inC }) => `
static double ${name}(double x, void *params) { return ${inC}; }
double c_${name}(void) { return integrated(${name}); }`,
  )
  .join('\n')}
`;

/** The declarations of the library's functions, one for each integrand. */
export const declarations = integrands
  .map(
    ({ name }) => `
/** @native @extern inc: c_${name} */
export declare function inC${name}(): f64;
`,
  )
  .join('');

/**
 * The file of a library on Linux.
 * @throws Error where it isn't installed
 */
export function findLibrary(name: string): string {
  const folders = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
  ];
  for (const folder of folders) {
    const found = existsSync(folder)
      ? readdirSync(folder).find((file) => file.startsWith(`lib${name}.so.`))
      : undefined;
    if (found !== undefined) return join(folder, found);
  }
  throw new Error(`the library ${name} is not installed`);
}

/** @returns the library's file, in the folder */
export function compileInC(folder: string, gsl: string): string {
  const [file, object, library] = ['inc.c', 'inc.o', 'libinc.so'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(file, source);
  const target = hostTarget('baseline');
  const zig = findZig().file;
  const options = ['-O3', '-ffp-contract=off', '-fPIC', '-target', target.triple];
  execFileSync(zig, [
    ...['clang', ...options, ...clangCpuOptions(target), '-c', file, '-o', object],
  ]);
  execFileSync(zig, ['ld.lld', '-shared', object, gsl, '-o', library]);
  return library;
}
