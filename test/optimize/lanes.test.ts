/** Which loops are computed in lanes: `sources/lanes.ts` and the conformance program say it on their lines. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lanes } from '../../compiler/3-optimize/lanes/index.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { walkNodes } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const sources = ['sources/lanes.ts', '../conformance/programs/lanes.ts'].map((file) =>
  readFileSync(new URL(file, import.meta.url), 'utf8'),
);

test('rounds are computed in lanes where that is what they do in order', () => {
  for (const source of sources) {
    const project = makeProject({ 'src/lanes.ts': source });
    try {
      const lowered = lowerSources(project.tsconfig);
      assert.equal(lowered.diagnostics, []);
      const module = optimized(lowered, 3);
      assert.equal(verifyModule(module), []);
      const [inLanes, loops] = [new Set<number>(), new Set<number>()];
      for (const { body } of module.functions)
        walkNodes(body, (node) => {
          if (node.kind !== 'loop' || !node.span) return;
          loops.add(node.span.line);
          if (node.body.some((inner) => inner.kind === 'block' && inner.lanes))
            inLanes.add(node.span.line);
        });
      const wrong: string[] = [];
      let marks = 0;
      source.split('\n').forEach((text, index) => {
        const mark = /(^|.*) *\/\/ (lanes|order)$/.exec(text);
        if (!mark) return;
        marks++;
        // A mark alone is about the next line.
        const line = mark[1]?.trim() === '' ? index + 2 : index + 1;
        if (!loops.has(line)) wrong.push(`${line} has no loop: ${text}`);
        const is = inLanes.has(line) ? 'lanes' : 'order';
        if (is !== mark[2]) wrong.push(`${line} is computed in ${is}: ${text}`);
      });
      assert.equal(wrong, []);
      assert.ok(marks > 8);
    } finally {
      project.remove();
    }
  }
});

/** Halves numbers from `first` on until they are at most 1, and sums them; `head` is what a round does first. */
const halving = (head: string, tail = ''): string => `func f(%0.n: i64) -> f64 {
  local i: i64
  local x: f64
  local sum: f64
  loop outer {
    %1: i64 = local.get i
    %2: bool = lt %1, %0
    if %2 {
    } else {
      break outer
    }
    ${head}
    loop inner {
      %3: f64 = local.get x
      %4: f64 = const 1
      %5: bool = gt %3, %4
      if %5 {
      } else {
        break inner
      }
      %6: f64 = const 0.5
      %7: f64 = mul %3, %6
      local.set x, %7
    }
    %8: f64 = local.get x
    %9: f64 = local.get sum
    %10: f64 = add %9, %8
    local.set sum, %10
    ${tail}
    %11: i64 = const 1n
    %12: i64 = add %1, %11 exact=true
    local.set i, %12
  }
  %13: f64 = local.get sum
  return %13
}
`;
const own = `%20: f64 = conv %1
    local.set x, %20`;

test('a block of lanes means what its operations mean', () => {
  const text = halving(own);
  const [plain, changed] = [parseModule(text), parseModule(text)];
  const [fn] = changed.functions;
  assert.ok(fn && lanes(fn, passContext(changed)));
  assert.equal(verifyModule(changed), []);
  const printed = printModule(changed);
  assert.match(printed, /block outer\.lanes lanes/);
  assert.equal(printModule(parseModule(printed)), printed);
  for (const n of [0n, 1n, 2n, 9n, 40n])
    assert.equal(
      createInterpreter(parseModule(printed)).call('f', [n]),
      createInterpreter(plain).call('f', [n]),
    );
});

test('rounds that depend on others are computed in order', () => {
  const isInLanes = (text: string): boolean => {
    const module = parseModule(text);
    const [fn] = module.functions;
    return fn !== undefined && lanes(fn, passContext(module));
  };
  assert.is(isInLanes(halving(own)), true);
  // It goes on with what the last round has left.
  assert.is(isInLanes(halving('')), false);
  // Only some rounds set it.
  const some = `%20: f64 = conv %1
    %21: bool = gt %20, %20
    if %21 {
      local.set x, %20
    }`;
  assert.is(isInLanes(halving(some)), false);
  // What stands behind the inner loop ends the outer one, or may.
  assert.is(isInLanes(halving(own, 'if %2 {\n    } else {\n      break outer\n    }')), false);
  assert.is(isInLanes(halving(own, 'check.stack')), false);
  // What the head reads is set behind it.
  const sum = `%20: f64 = local.get sum
    local.set x, %20`;
  assert.is(isInLanes(halving(sum)), false);
});

test.run();
