/** What the JavaScript of a source depends on beside the source and the types that it sees: its native code. */
import type { NativeFunction } from '../1-read/model.ts';
import type { Guarded } from './hinted-guards.ts';
import type { FilePlan } from './javascript-file.ts';

/** A text that is the same for plans that make the same of one source. */
export function planKey(plan: FilePlan, { receivers, methods }: Guarded): string {
  const { glue, guards, guardsAll, isCommonJs } = plan;
  const exactOf = (id: string): ReadonlySet<string> =>
    methods().get(receivers.get(id)?.callee ?? id) ?? new Set();
  const functionKey = (fn: NativeFunction): unknown => {
    const { id, name, node, params, result, signal, progress, method } = fn;
    return {
      ...{ id, name, result, signal, progress, kind: method?.kind },
      position: node.getPos(),
      params: params.map(({ name, hint, rest }) => [name, hint, rest]),
      receiver: receivers.get(id),
      exact: guards === undefined ? [] : [...exactOf(id)].sort(),
      handed: plan.handed?.has(id),
    };
  };
  return JSON.stringify({
    ...{ glue, guards, guardsAll, isCommonJs },
    functions: plan.functions.map(functionKey),
    classes: plan.classes.map(({ owner, functions }) => [
      owner.record,
      owner.declaration.getPos(),
      functions.map(functionKey),
    ]),
    errors: plan.errors.map(({ record, declaration }) => [record, declaration.getPos()]),
    externs: plan.externs.map(({ pos }) => pos),
    globals: plan.globals.map(({ id, name, declaration, filledBy }) => [
      ...[id, name, declaration.getPos(), filledBy?.pos],
    ]),
    inner: plan.inner.map(({ fn, candidate }) => [functionKey(fn), candidate]),
  });
}
