/** `parallel.invoke(f, g, …)`: functions that may run at the same time, as the parts of one region. */
import type { CallExpression } from '../../ts-morph.ts';
import { callableOf } from '../functions/callable.ts';
import { nothing } from '../expressions/arguments.ts';
import type { Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { refuseUnwritten, call, type Checked, type InnerCallable } from './bodies.ts';
import { eachOf } from './counts.ts';
import { checkInvoked } from './invoke-races.ts';
import { region } from './region.ts';

export function lowerInvoke(l: Lowering, node: CallExpression): Operand {
  const callables = node.getArguments().map((argument): InnerCallable => {
    const callable = callableOf(l, argument);
    return callable?.kind === 'inner' ? callable : refuseUnwritten(l, argument, node);
  });
  if (callables.length === 0) return nothing;
  const checked = checkInvoked(callables.map(({ variable: { fn } }) => fn));
  if ('code' in checked) return l.refuse(checked);
  const bodies = callables.flatMap((callable, index): Checked[] => {
    const body = checked.bodies[index];
    return body ? [{ ...body, callable, fn: callable.variable.fn }] : [];
  });
  l.at(node);
  const count = l.b.const('i64', BigInt(bodies.length));
  const parts = { bodies, count, eager: true, handed: checked.handed };
  region(l, node, parts, (p, from, to) =>
    eachOf(p, from, to, 'f64', (_, number) =>
      bodies.forEach((body, index) =>
        p.b.if(
          p.b.op('eq', [number, p.b.const('i64', BigInt(index))]),
          () => void call(p, body, [], node, true),
        ),
      ),
    ),
  );
  return nothing;
}
