/** What other tools read. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatters } from '../../compiler/diagnostics/formats.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { cli, emptyResult, temporaryFolder } from '../cli/harness.ts';

const place = { line: 4, column: 30, endLine: 4, endColumn: 38 };
const diagnostics: Diagnostic[] = [
  {
    code: 'TSN2108',
    severity: 'warning',
    place: { ...place, line: 12, endLine: 12, file: '/work/app/src/a, b.ts' },
    message: '50 % of it',
  },
  {
    code: 'TSN1204',
    severity: 'error',
    place: { ...place, file: '/work/app/src/a, b.ts' },
    message: '`any` has\n  no type',
    why: 'It is not known.',
    rewrite: 'number',
    related: [{ place: { ...place, file: '/elsewhere/c.ts' }, message: 'declared here' }],
  },
  { code: 'TSN6001', severity: 'error', place: undefined, message: 'there is no tsconfig' },
];
const options = { cwd: '/work/app', version: '1.2.3' };

test('unix: a line each, in the order of places', () => {
  assert.is(
    formatters.unix(diagnostics, options),
    `there is no tsconfig [Error/TSN6001]
src/a, b.ts:4:30: \`any\` has no type [Error/TSN1204]
src/a, b.ts:12:30: 50 % of it [Warning/TSN2108]
`,
  );
  assert.is(formatters.unix([], options), '');
});

test('github: one command each, with what would end it escaped', () => {
  const at = 'line=4,endLine=4,col=30,endColumn=38';
  assert.equal(formatters.github(diagnostics, options).split('\n'), [
    '::error title=TSN6001::there is no tsconfig',
    `::error file=src/a%2C b.ts,${at},title=TSN1204::\`any\` has%0A  no type%0AIt is not known.%0AWrite instead: number`,
    `::warning file=src/a%2C b.ts,${at.replaceAll('ine=4', 'ine=12')},title=TSN2108::50 %25 of it`,
    '',
  ]);
});

test('sarif: 2.1.0, with rules, places and relations', () => {
  const { version, runs } = JSON.parse(formatters.sarif(diagnostics, options));
  assert.is(version, '2.1.0');
  const [{ tool, results }] = runs;
  assert.equal(tool.driver.rules, [{ id: 'TSN6001' }, { id: 'TSN1204' }, { id: 'TSN2108' }]);
  const [none, error, warning] = results;
  assert.equal(none.locations, []);
  assert.equal([error.ruleIndex, error.level, warning.level], [1, 'error', 'warning']);
  assert.equal(error.locations[0].physicalLocation, {
    artifactLocation: { uri: 'src/a,%20b.ts' },
    region: { startLine: 4, startColumn: 30, endLine: 4, endColumn: 38 },
  });
  const [related] = error.relatedLocations;
  assert.is(related.physicalLocation.artifactLocation.uri, 'file:///elsewhere/c.ts');
  assert.is(related.message.text, 'declared here');
});

test('check --format prints it to stdout and keeps the exit code', async () => {
  const cwd = temporaryFolder();
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${cwd}/tsconfig.json`, '{}');
  const build = async () => ({ ...emptyResult, diagnostics });
  const ran = await cli(['check', '--format', 'unix'], { cwd, build });
  assert.is(ran.code, 1);
  assert.is(ran.stderr, '');
  assert.match(ran.stdout, 'there is no tsconfig [Error/TSN6001]\n');
  const json = await cli(['check', '--format', 'json'], { cwd, build });
  assert.is(JSON.parse(json.stdout).diagnostics.length, 3);
  const sarif = await cli(['check', '--format=sarif'], { cwd, build: async () => emptyResult });
  assert.is(sarif.code, 0);
  assert.equal(JSON.parse(sarif.stdout).runs[0].results, []);
  assert.match((await cli(['check', '--format', 'unx'], { cwd })).stderr, 'did you mean `unix`?');
});

test.run();
