/** Members and callees that native code doesn't have. */
import { Node, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Lowering } from '../lowering.ts';
import { sourceOf } from '../refusals.ts';

/**
 * Refuses `object.name`, read or called.
 * @param object what the message calls the type of the object, or the object itself
 * @param known the members that it has in native code
 */
export function refuseMember(
  l: Lowering,
  access: PropertyAccessExpression,
  object: string,
  known: readonly string[],
): never {
  const name = access.getName();
  const call = access.getParent();
  const why =
    known.length > 0
      ? `Of ${object} native code has ${known.join(', ')}.`
      : `A ${object} has no members in native code.`;
  const rewrite =
    (Node.isCallExpression(call) && call.getExpression() === access && asLoop(call, access)) ||
    `Use \`${sourceOf(access)}\` in the JavaScript that calls \`${l.native.name}\`, and pass the result as a parameter.`;
  return l.refuse(
    codes.unknownMember(placeOf(access.getNameNode()), { object, name, why, rewrite }),
  );
}

/** For a method that takes a function for the elements, the loop that calls no function. */
function asLoop(call: CallExpression, access: PropertyAccessExpression): string | undefined {
  const [callback] = call.getArguments();
  if (!Node.isArrowFunction(callback) && !Node.isFunctionExpression(callback)) return undefined;
  const array = sourceOf(access.getExpression());
  return `for (let i = 0; i < ${array}.length; i++) { … ${array}[i] … }`;
}

/** Refuses a call of what is neither one of the language's functions nor one of the user's. */
export function refuseCallee(l: Lowering, callee: Node): never {
  const text = sourceOf(callee);
  const dotted = /^(Math|Number|BigInt)\[['"](\w+)['"]\]$/.exec(text);
  const rewrite = dotted
    ? `${dotted[1]}.${dotted[2]}(${argumentsOf(callee)})`
    : `Call it in the JavaScript that calls \`${l.native.name}\`, and pass the result as a parameter.`;
  return l.refuse(codes.unknownCallee(placeOf(callee), { callee: text, rewrite }));
}

function argumentsOf(callee: Node): string {
  const call = callee.getParent();
  return Node.isCallExpression(call) ? call.getArguments().map(sourceOf).join(', ') : '…';
}
