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
      g.ret('i1', 'false');
    },
  );
  const current = f.load('ptr', earlier);
  const same = f.call('i1', name, [
    ['ptr', env],
    ['ptr', current],
    ['ptr', f.load('ptr', slot)],
  ]);
  const [unify, next] = [f.fresh('unify'), f.fresh('next')];
  f.condBr(same, unify, next);
  f.block(unify);
  f.store('ptr', current, slot);
  f.block(next);
}

/** The same for the buffers of two views, of whatever kinds. */
export function unifyBuffers(f: LlvmFunction, env: string, slot: string, earlier: string): void {
  const name = helper(
    f,
    'ts.napi.unifyBuffers',
    'void',
    [
      ['env', 'ptr'],
      ['a', 'ptr'],
      ['b', 'ptr'],
    ],
    (g) => {
      whereBothPresent(g, () => {
        const slotOf = (struct: string): string => g.offset(struct, view.buffer);
        const first = g.load('ptr', slotOf('%a'));
        const second = g.load('ptr', slotOf('%b'));
        const js = (owner: string): string => g.load('ptr', g.offset(owner, buffer.js));
        g.condBr(strictEquals(g, '%env', js(first), js(second)), 'same', 'no');
        g.block('same');
        g.store('ptr', first, slotOf('%b'));
        g.br('no');
      });
      g.ret();
    },
  );
  f.call('void', name, [
    ['ptr', env],
    ['ptr', f.load('ptr', earlier)],
    ['ptr', f.load('ptr', slot)],
  ]);
}

/** Writes what is done with %a and %b, and begins the block for where one of them is null, `no`. */
function whereBothPresent(g: LlvmFunction, write: () => void): void {
  g.condBr(isNull(g, '%a'), 'no', 'first');
  g.block('first');
  g.condBr(isNull(g, '%b'), 'no', 'both');
  g.block('both');
  write();
  g.block('no');
}
