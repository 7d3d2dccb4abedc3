/** An `if` that only chooses becomes a `select`, and reads nothing of what may be null. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { straighten } from '../../compiler/3-optimize/straighten.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';

/** The name of `o`, or `other` where it is null. @param param how the parameter is declared */
const naming = (param: string): IrModule =>
  parseModule(`record P "P" object(name: str)

func f(${param}, %1.other: str) -> str {
  local name: str
  %2: bool = is.null %0
  if %2 {
    local.set name, %1
  } else {
    %3: str = rec.get name, %0
    local.set name, %3
  }
  %4: str = local.get name
  return %4
}
func g(%0.other: str) -> str {
  %1: rec.P = null
  %2: str = call f, %1, %0
  return %2
}
`);

function straightened(param: string): { module: IrModule; changed: boolean } {
  const module = naming(param);
  const [fn] = module.functions;
  if (!fn) throw new Error('there is a function');
  const changed = straighten(fn, passContext(module));
  assert.equal(verifyModule(module), []);
  return { module, changed };
}

test('what is there is read for nothing', () => {
  assert.ok(straightened('%0.o: rec.P').changed);
});

test('what may be null is not', () => {
  const { module, changed } = straightened('%0.o: rec.P | null');
  assert.not.ok(changed);
  assert.is(createInterpreter(module).call('g', ['none']), 'none');
});

test('that a parameter may be null is part of the text', () => {
  const text = printModule(naming('%0.o: rec.P | null'));
  assert.ok(text.includes('f(%0.o: rec.P | null, '));
  assert.is(printModule(parseModule(text)), text);
});

test.run();
