/** What a build takes of the library for numbers and text: functions with the tables that they read. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { optimize } from '../../compiler/3-optimize/index.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { libraryFunction, linkLibrary } from '../../compiler/library.ts';
import { bytesOf } from './implementations.ts';

/** A module whose functions call one of the library's each. */
function caller(): IrModule {
  const print = new IrBuilder('print');
  const args = [print.param('x', 'f64'), print.param('out', 'view.u8'), print.param('at', 'i32')];
  print.fn.results = ['i32'];
  print.return(print.call('std.formatNumber', args, ['i32']));
  const read = new IrBuilder('read');
  const text = [read.param('units', 'view.u8'), read.param('from', 'i32'), read.param('to', 'i32')];
  read.fn.results = ['f64'];
  read.return(read.call('std.stringToNumber.u8', text, ['f64']));
  return { functions: [print.fn, read.fn], globals: [], exports: [] };
}

test('functions come with their tables, and run in the interpreter before and after optimisation', () => {
  const before = caller();
  linkLibrary(before);
  assert.equal(verifyModule(before), []);
  assert.ok(before.tables?.some(({ name }) => name === 'std.powersOfTen'));
  assert.not.ok(before.tables?.some(({ name }) => name === 'std.upperRanges'));
  const after = parseModule(printModule(before));
  assert.equal(after.tables, before.tables);
  optimize(after, { level: 3, libraryFunction });
  assert.equal(verifyModule(after), []);
  const out = new Uint8Array(32);
  for (const module of [before, after]) {
    const { call } = createInterpreter(module);
    for (const x of [0, -1.5, 0.1, 1e21, 5e-324, 123456789, 1.7976931348623157e308, 1 / 3]) {
      const end = Number(call('print', [x, out, 0]));
      assert.is(Buffer.from(out.subarray(0, end)).toString('latin1'), String(x));
      assert.is(call('read', [out, 0, end]), x);
    }
    const middle = bytesOf('9007199254740993.0');
    assert.is(call('read', [middle, 0, middle.length]), 9007199254740992);
  }
});

test.run();
