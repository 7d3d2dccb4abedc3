/** The integral of a function of JavaScript by koffi, which calls functions of C that are declared at run time. */
import { limits } from './integrands.ts';

type Integral = (f: (x: number) => number) => number;

/** Undefined where koffi has no binary for this machine. */
export async function integralByKoffi(library: string): Promise<Integral | undefined> {
  const koffi = await import('koffi').then(
    (module) => module.default,
    () => undefined,
  );
  if (!koffi) return undefined;
  const gsl = koffi.load(library);
  const integrand = koffi.proto('double GslIntegrand(double x, void *params)');
  koffi.struct('GslFunction', { function: koffi.pointer(integrand), params: 'void *' });
  const allocate = gsl.func('void *gsl_integration_workspace_alloc(size_t n)');
  const free = gsl.func('void gsl_integration_workspace_free(void *workspace)');
  const qags = gsl.func(
    'int gsl_integration_qags(GslFunction *f, double a, double b, double absolute, double relative, size_t limit, void *workspace, _Out_ double *result, _Out_ double *error)',
  );
  return (f) => {
    const [result, error] = [[0], [0]];
    const workspace = allocate(limits.intervals) as unknown;
    const callback = koffi.register((x: number) => f(x), koffi.pointer(integrand));
    const call = { function: callback, params: null };
    const { absolute, relative, intervals } = limits;
    qags(call, 0, 1, absolute, relative, intervals, workspace, result, error);
    koffi.unregister(callback);
    free(workspace);
    return result[0] ?? NaN;
  };
}
