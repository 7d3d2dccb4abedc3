/** A module that makes an addon with one property, in each dialect of LLVM's assembly; folders for tests. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LlvmDialect } from '../../compiler/5-link/types.ts';
import { LlvmModule } from '../../compiler/4-emit/writer.ts';

/** Assembly of an addon that exports `{ hello: value }`. */
export function hello(dialect: LlvmDialect, triple: string, value: number): string {
  const llvm = new LlvmModule(dialect, triple);
  const napi = { result: 'i32' };
  llvm.declare('napi_create_int32', { ...napi, params: ['ptr', 'i32', 'ptr'] });
  llvm.declare('napi_set_named_property', { ...napi, params: ['ptr', 'ptr', 'ptr', 'ptr'] });
  const register = llvm.define('napi_register_module_v1', 'ptr', [
    { name: 'env', type: 'ptr' },
    { name: 'exports', type: 'ptr' },
  ]);
  const created = register.alloca('ptr');
  register.call('i32', 'napi_create_int32', [
    ['ptr', '%env'],
    ['i32', String(value)],
    ['ptr', created],
  ]);
  register.call('i32', 'napi_set_named_property', [
    ['ptr', '%env'],
    ['ptr', '%exports'],
    ['ptr', llvm.string('hello')],
    ['ptr', register.load('ptr', created)],
  ]);
  register.ret('ptr', '%exports');
  return llvm.text();
}

/** Assembly that takes clang seconds: many functions with loops to unroll and vectorise. */
export function slow(triple: string): string {
  const body = (n: number): string => `
define void @f${n}(ptr %a, ptr %b, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr double, ptr %a, i64 %i
  %q = getelementptr double, ptr %b, i64 %i
  %x = load double, ptr %p
  %y = load double, ptr %q
  %s = fadd double %x, %y
  store double %s, ptr %q
  %next = add nuw i64 %i, 1
  %done = icmp eq i64 %next, %n
  br i1 %done, label %exit, label %loop
exit:
  ret void
}`;
  const functions = Array.from({ length: 3000 }, (_, n) => body(n));
  return [`target triple = "${triple}"`, ...functions].join('\n');
}

/** What an addon exports. */
export const load = (path: string): unknown => createRequire(import.meta.url)(path) as unknown;

/** A new folder, by its real path; gone when the tests end. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsnative-test-')));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Each test of a file may make one, and each removes its own.
process.setMaxListeners(0);
