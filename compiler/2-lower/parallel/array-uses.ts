/** What functions that run at the same time do with arrays. */
import { Node, SyntaxKind, type Identifier, type ts } from '../../ts-morph.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import type { InnerFunction } from '../functions/frame.ts';
import { meaningOf } from '../mentions.ts';
import { accessOf, writtenArrays, type Access } from './accesses.ts';
import { onlyTerm } from './affine.ts';
import { atomicUses } from './atomics.ts';
import { Iteration } from './iteration.ts';
import { readsLength, Sums } from './sums.ts';

/** What a function does with an array from outside. */
export interface ArrayUse {
  readonly symbol: ts.Symbol;
  /** A name of it. */
  readonly name: Identifier;
  /** Where it is more than a name. */
  readonly node: Node;
  /** The element that is used: a number where it is always the same one; undefined for what may be all of the array. */
  readonly element: number | undefined;
  readonly isWrite: boolean;
  /** It may be used in any way there. */
  readonly isHanded: boolean;
}

/** What a function does that runs beside others: the arrays that it uses, or what it may not do. */
export function arrayUses(fn: InnerFunction): ArrayUse[] | Diagnostic {
  const iteration = new Iteration(fn, undefined);
  const sums = new Sums(iteration);
  const shared = iteration.sharedVariable();
  if (shared) {
    const place = iteration.usesOf(shared)[0] ?? fn;
    return codes.invokedVariable(placeOf(place), { name: shared.name });
  }
  const written = writtenArrays(iteration);
  if ('code' in written) return written;
  const atomics = atomicUses(fn);
  return fn.getDescendantsOfKind(SyntaxKind.Identifier).flatMap((name): ArrayUse[] => {
    const symbol = meaningOf(name);
    if (!symbol || iteration.isOwn(symbol) || !isArray(name) || readsLength(name)) return [];
    const access = accessOf(name, iteration, sums);
    const isElement = access !== undefined && Node.isElementAccessExpression(access.node);
    const atomic = atomics.find(({ array }) => array === name);
    return [
      {
        symbol,
        name,
        node: access?.node ?? name.getParent() ?? name,
        element: isElement ? constantIndex(access) : undefined,
        isWrite: access?.isWrite === true || (atomic !== undefined && atomic.name !== 'load'),
        isHanded: !isElement && !atomic,
      },
    ];
  });
}

/** The index of an element that is always the same one. */
function constantIndex({ sum }: Access): number | undefined {
  if (sum?.length === 0) return 0;
  const only = sum && onlyTerm(sum);
  return only?.factors.length === 0 ? only.coefficient : undefined;
}

/** Whether a name is that of an object other than a function. */
function isArray(name: Identifier): boolean {
  const parent = name.getParent();
  const isMember = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === name;
  const type = name.getType();
  return !isMember && type.isObject() && type.getCallSignatures().length === 0;
}
