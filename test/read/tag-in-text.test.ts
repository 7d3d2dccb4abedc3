import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readProject } from '../../compiler/1-read/project.ts';
import { makeProject } from '../support/project.ts';

test('a tag inside a sentence is warned of', () => {
  const source = `/** Doubles a number. @native */
export function twice(x: number): number {
  return x * 2;
}
/** As \`@native\` code does. */
export const half = (x: number): number => x / 2;
`;
  const project = makeProject({ 'src/a.ts': source });
  try {
    const { diagnostics, functions } = readProject({ project: project.tsconfig });
    assert.is(functions.length, 0);
    assert.equal(
      diagnostics.map(({ code, severity, place }) => [code, severity, place?.line, place?.column]),
      [['TSN1090', 'warning', 1, 23]],
    );
    assert.is(diagnostics[0]?.place?.file, join(project.folder, 'src/a.ts'));
  } finally {
    project.remove();
  }
});

test.run();
