/** Plain loops that could be parallel, and why others can't, as the report says it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { plainLoops } from '../../compiler/2-lower/parallel/advice.ts';
import { lowerSources } from '../../compiler/front-end.ts';
import { makeProject } from '../support/project.ts';

const source = `import { parallel, type i32 } from 'tsnative';

function root(x: number): number {
  return Math.sqrt(x);
}

function write(a: Float64Array, i: number): void {
  for (let k = 0; k < 2; k++) a[i + k] = 1; // possible
}

/** @native */
export function loops(a: Float64Array, b: Float64Array, names: string[], n: i32): number {
  let s = 0;
  for (let i = 0; i < n; i++) b[i] = root(a[i]) * 2; // possible
  for (let y = 0; y < n; y++) { // possible
    for (let x = 0; x < 10; x++) b[y * 10 + x] = x;
  }
  for (let i = 0; i < n; i++) { // possible
    const own = new Float64Array(4);
    for (let k = 0; k < 3; k++) {
      if (k === 2) break;
      own[k + 1] = a[i];
    }
    b[i] = own[2];
  }
  for (let i = 0; i < n; i++) s += a[i]; // refused: \`s\` is assigned .* | s += parallel.sum
  for (let i = 0; i < n; i++) b[i] = b[i + 1]; // refused: \`b\\[i\\]\` may be written
  for (let i = 0; i < n; i++) b[0] += a[i]; // refused: \`b\\[0\\]\` may be written
  for (let i = 0; i < n; i++) { // refused: \`break;\` ends it
    if (a[i] > 3) break;
    b[i] = 1;
  }
  for (let i = 0; i < n; i++) write(b, i); // refused: \`write\\(b, i\\)\` may use
  for (let i = 0; i < n; i++) b[i] = names[i].length; // refused: It uses \`names\`
  for (let i = n; i < n; i++) b[i] = 0;
  for (let i = 0; i < n; i += 2) b[i] = 0;
  parallel.for(n, (i: i32) => {
    for (let k = 0; k < 3; k++) a[i] += k;
  });
  return s;
}
`;

test('each loop could be parallel, or is told why not', () => {
  const project = makeProject({ 'src/loops.ts': source });
  try {
    const { lowering, diagnostics } = lowerSources(project.tsconfig);
    assert.equal(diagnostics, []);
    const told = new Map(plainLoops(lowering.functions).map((loop) => [loop.line, loop]));
    const wrong: string[] = [];
    source.split('\n').forEach((text, index) => {
      const [, mark, why = '', rewrite = ''] =
        /\/\/ (possible|refused)(?:: ([^|]*[^| ])(?: \| (.*))?)?$/.exec(text) ?? [];
      const loop = told.get(index + 1);
      const is = loop && (loop.refused ? 'refused' : 'possible');
      const reason = `${loop?.refused?.why ?? ''} ${loop?.refused?.rewrite ?? ''}`;
      const isTold = new RegExp(why).test(reason) && reason.includes(rewrite);
      if (is !== mark || !isTold) wrong.push(`${index + 1} is ${is}, ${reason}: ${text}`);
    });
    assert.equal(wrong, []);
    assert.equal(lowering.plain, [...told.values()]);
  } finally {
    project.remove();
  }
});

test.run();
