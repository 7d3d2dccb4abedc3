/** The types of the package's own modules, in a project that has those of Node neither. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources } from '../../compiler/front-end.ts';
import { baseConfig, makeProject } from '../support/project.ts';

test("the package's modules need no types but JavaScript's and the browser's", () => {
  const source = `import { info, parallel, withThreads } from 'tsnative';
import { jobs } from 'tsnative/jobs';
import { compute, task } from 'tsnative/graphs';
export const all = [info, parallel, withThreads, jobs, compute, task];
`;
  const { compilerOptions } = baseConfig;
  const config = { ...baseConfig, compilerOptions: { ...compilerOptions, skipLibCheck: false } };
  const project = makeProject({ 'src/main.ts': source }, config);
  try {
    assert.equal(lowerSources(project.tsconfig).diagnostics, []);
  } finally {
    project.remove();
  }
});

test.run();
