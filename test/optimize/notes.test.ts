/** What `narrow` tells of its decisions: each line of the source says which note there is of it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Notes, type Note } from '../../compiler/3-optimize/notes.ts';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { makeProject } from '../support/project.ts';

const source = `import type { f64, i32 } from 'tsnative';

/** @native */
export function f(a: Float64Array, count: number, offset: i32, share: f64): f64 { // count: parameter, share: parameter
  let total = 0; // total: fraction
  for (let i = 0; i < a.length; i++) { // i: integers
    total += a[i]!; // a removed relation
    total += a[i + offset]!; // a kept negative
    total += a[i * 2]!; // a kept beyond
  }
  let grows = 1; // grows: large
  while (grows < share) grows *= 2;
  const small = new Float64Array(4);
  small[3] = a[count]!; // small removed interval, a kept nan
  const half = (offset & 1023) / 2; // half: fraction
  const quarter = Math.floor((offset & 1023) / 4); // quarter: integers
  const wrong: i32 = a.length - 7; // wrong kept misfits
  const right: i32 = a.length % 8; // right removed fits
  let negated = offset & 7; // negated: negativeZero
  negated = -negated;
  const idle = a.length + 1; // idle: unneeded
  return total + grows + half + small[quarter & 3]! + wrong + right + idle / 2 + 1 / negated;
}
`;

const told = (note: Note): string | undefined => {
  if (note.kind === 'type') return `${note.subject}: ${note.reason.name}`;
  return note.kind === 'check' ? `${note.subject} ${note.outcome} ${note.reason.name}` : undefined;
};

test('types and checks are told with their reasons', () => {
  const project = makeProject({ 'src/f.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    const notes = new Notes();
    optimized(lowered, 3, { notes });
    const missing: string[] = [];
    source.split('\n').forEach((text, index) => {
      const [, marks = ''] = /\/\/ (.*)$/.exec(text) ?? [];
      const here = notes
        .of('f')
        .filter(({ span }) => span?.line === index + 1)
        .map(told);
      for (const mark of marks.split(', ').filter((word) => word !== ''))
        if (!here.includes(mark)) missing.push(`${index + 1}: ${mark}, but ${here.join(', ')}`);
    });
    assert.equal(missing, []);
  } finally {
    project.remove();
  }
});

test('a note points at the place that keeps a number from being an integer', () => {
  const project = makeProject({ 'src/f.ts': source });
  try {
    const notes = new Notes();
    optimized(lowerSources(project.tsconfig), 3, { notes });
    const total = notes.of('f').find(({ subject }) => subject === 'total');
    assert.ok(total?.kind === 'type' && total.reason.name === 'fraction');
    const { at } = total.reason;
    assert.is(source.split('\n')[(at?.line ?? 0) - 1]?.trim().startsWith('total += '), true);
  } finally {
    project.remove();
  }
});

test.run();
