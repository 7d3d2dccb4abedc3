/** The integral of a function of JavaScript by Node 26's own FFI, in a process of that Node. */
import { execFileSync } from 'node:child_process';
import { programOf, runtimes } from '../../platforms/runtimes.ts';
import { integrands, limits, microseconds } from './integrands.ts';

const script = (library: string, rounds: number): string => `
import ffi from 'node:ffi';
const lib = new ffi.DynamicLibrary(${JSON.stringify(library)});
const gsl = lib.getFunctions({
  gsl_integration_workspace_alloc: { arguments: ['uint64'], return: 'pointer' },
  gsl_integration_workspace_free: { arguments: ['pointer'], return: 'void' },
  gsl_integration_qags: {
    arguments: ['pointer', 'double', 'double', 'double', 'double', 'uint64', 'pointer', 'pointer', 'pointer'],
    return: 'int32',
  },
});
const [struct, out] = [Buffer.alloc(16), Buffer.alloc(16)];
const [f, result] = [struct, out].map((buffer) => ffi.getRawPointer(buffer));
const integral = (integrand) => {
  const callback = lib.registerCallback({ arguments: ['double', 'pointer'], return: 'double' }, integrand);
  struct.writeBigUInt64LE(callback, 0);
  const workspace = gsl.gsl_integration_workspace_alloc(${limits.intervals}n);
  gsl.gsl_integration_qags(f, 0, 1, ${limits.absolute}, ${limits.relative}, ${limits.intervals}n, workspace, result, result + 8n);
  gsl.gsl_integration_workspace_free(workspace);
  lib.unregisterCallback(callback);
  return out.readDoubleLE(0);
};
const microseconds = ${microseconds.toString()};
const integrands = [${integrands.map(({ inJs }) => inJs.toString()).join(', ')}];
console.log(JSON.stringify(integrands.map((g) => {
  const call = () => integral((x) => g(x));
  const rounds = Array.from({ length: ${rounds} }, () => microseconds(call, 100)).sort((a, b) => a - b);
  return rounds[rounds.length >> 1];
})));
`;

/** The median of each integrand in microseconds; undefined where there is no such Node. */
export async function integralsByNodeFfi(
  library: string,
  rounds: number,
): Promise<readonly number[] | undefined> {
  const runtime = runtimes.find(({ name }) => name === 'node-26');
  if (!runtime || runtime.problem() !== undefined) return undefined;
  try {
    const [node = ''] = runtime.command(await programOf(runtime));
    const args = ['--experimental-ffi', '--no-warnings', '--input-type=module', '-e'];
    const text = execFileSync(node, [...args, script(library, rounds)], { encoding: 'utf8' });
    return JSON.parse(text) as number[];
  } catch {
    return undefined;
  }
}
