/** One JavaScript object is one struct in native code, where native code can tell the difference. */
import { buffer, view } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { helper, isNull, napi } from './napi.ts';

/** Writes `a === b` of two napi_values; an i1. */
export function strictEquals(f: LlvmFunction, env: string, a: string, b: string): string {
  const slot = f.alloca('i8');
  f.store('i8', '0', slot);
  napi(f, 'napi_strict_equals', [env, a, b, slot]);
  return f.emit(`trunc i8 ${f.load('i8', slot)} to i1`);
}

/**
 * Makes views of one object one: where an `earlier` struct (a slot that may hold null) has the same
 * object, `slot` gets that struct. Both are of one kind.
 */
export function unifyViews(f: LlvmFunction, env: string, slot: string, earlier: string): void {
  const name = helper(
    f,
    'ts.napi.sameView',
    'i1',
    [
      ['env', 'ptr'],
      ['a', 'ptr'],
      ['b', 'ptr'],
    ],
    (g) => {
      whereBothPresent(g, () => {
        const [close, compare] = ['close', 'compare'];
        const field = (struct: string, offset: number, type: string): string =>
          g.load(type, g.offset(struct, offset));
        // The addresses and lengths of different objects are mostly different, and quick to compare.
        const length = g.emit(
          `icmp eq i64 ${field('%a', view.length, 'i64')}, ${field('%b', view.length, 'i64')}`,
        );
        g.condBr(length, close, 'no');
        g.block(close);
        const data = g.emit(
          `icmp eq ${g.module.spell('ptr')} ${field('%a', view.data, 'ptr')}, ${field('%b', view.data, 'ptr')}`,
        );
        g.condBr(data, compare, 'no');
        g.block(compare);
        const js = (struct: string): string => field(struct, view.js, 'ptr');
        g.ret('i1', strictEquals(g, '%env', js('%a'), js('%b')));
      });
    },
  );
  whereSame(f, name, env, slot, earlier, (current) => f.store('ptr', current, slot));
}

/** The same for the buffers of two views, of whatever kinds. */
export function unifyBuffers(f: LlvmFunction, env: string, slot: string, earlier: string): void {
  const name = helper(
    f,
    'ts.napi.sameBuffer',
    'i1',
    [
      ['env', 'ptr'],
      ['a', 'ptr'],
      ['b', 'ptr'],
    ],
    (g) => {
      whereBothPresent(g, () => {
        const js = (struct: string): string =>
          g.load('ptr', g.offset(g.load('ptr', g.offset(struct, view.buffer)), buffer.js));
        g.ret('i1', strictEquals(g, '%env', js('%a'), js('%b')));
      });
    },
  );
  whereSame(f, name, env, slot, earlier, (other) => {
    const shared = f.load('ptr', f.offset(other, view.buffer));
    f.store('ptr', shared, f.offset(f.load('ptr', slot), view.buffer));
  });
}

function whereBothPresent(g: LlvmFunction, write: () => void): void {
  g.condBr(isNull(g, '%a'), 'no', 'first');
  g.block('first');
  g.condBr(isNull(g, '%b'), 'no', 'both');
  g.block('both');
  write();
  g.block('no');
  g.ret('i1', 'false');
}

function whereSame(
  f: LlvmFunction,
  test: string,
  env: string,
  slot: string,
  earlier: string,
  write: (other: string) => void,
): void {
  const other = f.load('ptr', earlier);
  const same = f.call('i1', test, [
    ['ptr', env],
    ['ptr', other],
    ['ptr', f.load('ptr', slot)],
  ]);
  const [unify, next] = [f.fresh('unify'), f.fresh('next')];
  f.condBr(same, unify, next);
  f.block(unify);
  write(other);
  f.block(next);
}
