/** The body of a function, and what falling off its end means. */
import { Node } from '../../ts-morph.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';
import { returnOperand } from '../statements/exits.ts';
import { lowerStatements } from '../statements/index.ts';

export function lowerBody(l: Lowering, body: Node): void {
  const { result, name } = l.frame;
  if (!Node.isBlock(body)) {
    // An arrow function whose body is its result.
    l.guarded(() => returnOperand(l, lower(l, body, result.expected), body));
    return;
  }
  lowerStatements(l, body.getStatements());
  l.at(body);
  if (result.takesUndefined) {
    returnOperand(l, { kind: 'absent', absent: 'undefined' }, body);
    return;
  }
  const last = body.getStatements().at(-1);
  if (Node.isReturnStatement(last) || Node.isThrowStatement(last)) return;
  // TypeScript has made sure that the end isn't reached, by types; numbers can still get here, as
  // through a switch over 0 | 1.
  l.b.failCheck('TypeError', [`${name} ended without a result`]);
}
