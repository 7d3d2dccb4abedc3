/** What is left of strings: comparing parts of them makes none, and indices below the length need no check. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import type { OpName } from '../../compiler/ir/ops.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

/** The bodies of functions of a string, and the operations that must be in none of them, or are there so often. */
const bodies: readonly (readonly [body: string, left: Partial<Record<OpName, number>>])[] = [
  [
    `let sum = 0;
     for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
     return sum;`,
    { 'str.unit': 1, 'in.bounds': 0 },
  ],
  [
    `let count = 0;
     for (let i = 0; i < text.length; i++) if (text[i] === 'x') count++;
     return count;`,
    { 'str.unit': 1, 'str.char': 0, 'check.bounds': 0 },
  ],
  [
    `let count = 0;
     for (let i = 0; i < text.length; i++) {
       const c = text[i]!;
       if (c >= '0' && '9' >= c) count++;
     }
     return count;`,
    { 'str.unit': 1, 'str.char': 0, 'check.bounds': 0, call: 0 },
  ],
  [
    `let depth = 0;
     for (let i = 0; i < text.length; i++) {
       switch (text[i]) {
         case '(': depth++; break;
         case ')': depth--; break;
         case 'never': return -1;
       }
     }
     return depth;`,
    { 'str.unit': 1, 'str.char': 0, 'check.bounds': 0, eq: 2 },
  ],
  [
    `let i = 0;
     while (i < text.length && text.charCodeAt(i) === 32) i++;
     let j = text.length;
     while (j > i && text.charCodeAt(j - 1) === 32) j--;
     return j - i;`,
    { 'str.unit': 2, 'in.bounds': 0 },
  ],
  [`return text === '' ? 1 : 0;`, { 'str.length': 1, eq: 1 }],
  [`return 'abc'.length + 'abc'.charCodeAt(1) + text[0]!.length;`, { 'str.length': 1 }],
  [`return (text + ',' + text.length + (text + ';')).length;`, { 'str.concat': 1 }],
  [
    `let all = '';
     for (let i = 0; i < text.length; i++) all += '<' + text[i] + '>' + i;
     return all.length;`,
    { 'str.concat': 1, 'str.char': 0, 'str.integer': 0, call: 0 },
  ],
  [
    `let all = '';
     for (let i = 0; i < text.length; i++) all = text[i] + all + String.fromCharCode(i);
     return all.length;`,
    { 'str.concat': 1, 'str.char': 0 },
  ],
  [
    `let most = 0;
     for (let i = 0; i < text.length; i++) most = Math.max(most, String(i % 100).length);
     return most;`,
    { 'str.integer': 1, call: 0 },
  ],
  [
    `const part = text + '!';
     return (part + part + 'x').length;`,
    { 'str.concat': 2 },
  ],
  [`return 'ab' + 'cd' === 'abcd' ? text.length : -1;`, { 'str.concat': 0, eq: 0 }],
];

const project = makeProject({
  'src/strings.ts': bodies
    .map(([body], index) => `/** @native */\nexport function f${index}(text: string) {\n${body}\n}`)
    .join('\n')
    .replaceAll('text: string)', 'text: string): number'),
});
test.after(() => project.remove());

const lowered = lowerSources(project.tsconfig);
const module = optimized(lowered, 2, {
  verify: (fn, of) => assert.equal(verify(fn, of), []),
});

bodies.forEach(([body, left], index) => {
  test(body.replace(/\s+/g, ' '), () => {
    assert.equal(lowered.diagnostics, []);
    const fn = module.functions.find(({ name }) => name === `f${index}`);
    const counts: Partial<Record<OpName, number>> = {};
    walkOps(fn?.body ?? [], ({ op }) => {
      counts[op] = (counts[op] ?? 0) + 1;
    });
    const actual = Object.fromEntries(
      Object.keys(left).map((op) => [op, counts[op as OpName] ?? 0]),
    );
    assert.equal(actual, left);
  });
});

test.run();
