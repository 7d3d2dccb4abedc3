/** Loops over floats compute before they test, and only those that lose nothing by it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { testsLast } from '../../compiler/3-optimize/tests-last.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import type { IrModule, Node } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { walkNodes } from '../../compiler/ir/walk.ts';

/** Doubles `x` until it is large; gives it and the rounds. `step` is what a round does behind its test. */
const doubling = (step: string, test = '%4: bool = gt %2, %3', leave = 'break l'): string =>
  `func f(%0.x: f64, %1.k: i32) -> f64, i32 {
  local x: f64
  local n: i32
  local.set x, %0
  local.set n, %1
  loop l {
    %2: f64 = local.get x
    %3: f64 = const 100
    ${test}
    if %4 {
      ${leave}
    }
    ${step}
  }
  %20: f64 = local.get x
  %21: i32 = local.get n
  return %20, %21
}
`;
const counting = `%5: f64 = add %2, %2
    local.set x, %5
    %6: i32 = local.get n
    %7: i32 = const 1
    %8: i32 = add %6, %7
    local.set n, %8`;

function changed(text: string): { module: IrModule; changed: boolean } {
  const module = parseModule(text);
  const [fn] = module.functions;
  if (!fn) throw new Error('no function');
  const result = testsLast(fn, passContext(module));
  assert.equal(verifyModule(module), []);
  return { module, changed: result };
}

/** What the last node of the first loop is. */
function endOfLoop({ functions: [fn] }: IrModule): Node | undefined {
  let last: Node | undefined;
  walkNodes(fn?.body ?? [], (node) => {
    if (node.kind === 'loop') last ??= node.body.at(-1);
  });
  return last;
}

test('the test stands last, and who leaves finds the locals as they were', () => {
  for (const text of [
    doubling(counting),
    doubling(counting, '%4: bool = gt %2, %3', 'return %2, %1'),
    doubling('', '%4: bool = gt %2, %3', `break l\n } else {\n ${counting}`),
  ]) {
    const before = createInterpreter(parseModule(text));
    const { module, changed: isChanged } = changed(text);
    assert.ok(isChanged);
    assert.is(endOfLoop(module)?.kind, 'if');
    const after = createInterpreter(module);
    for (const x of [1, 0.3, 101, Infinity])
      for (const k of [0, -3, 2 ** 31 - 3])
        assert.equal(after.call('f', [x, k]), before.call('f', [x, k]), `${x}, ${k}`);
  }
});

test('what may fail, is dear or asks for no float stays behind the test', () => {
  const text = [
    doubling(counting.replace('add %2, %2', 'div %2, %2')),
    doubling(counting.replace('add %6, %7', 'add.exact %6, %7')),
    doubling(counting, '%9: i32 = local.get n\n%4: bool = gt %9, %1'),
    doubling('local.set x, %3'),
  ];
  for (const one of text) assert.not.ok(changed(one).changed, one);
});

test.run();
