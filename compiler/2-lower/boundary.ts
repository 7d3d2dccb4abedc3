/** What JavaScript can't hand over or take, which marked functions are refused for. */
import { Node } from '../ts-morph.ts';
import type { NativeFunction, Reading } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { elementOf, recordOf } from '../ir/records.ts';
import { isList, isRecord, type IrRecord, type IrType } from '../ir/types.ts';

/** Maps and sets in the parameters and results of marked functions, also inside of objects and arrays. */
export function collectionsAtBoundary(reading: Reading): Diagnostic[] {
  const refuse = (fn: NativeFunction, node: Node, type: IrType): Diagnostic[] => {
    const collection = collectionIn(reading.records, type, new Set());
    return collection
      ? [
          codes.collectionAtBoundary(placeOf(node), {
            name: fn.name,
            type: collection.sourceName,
          }),
        ]
      : [];
  };
  return reading.functions.flatMap((fn) => [
    ...fn.params.flatMap(({ hint, node }) =>
      hint.type === undefined ? [] : refuse(fn, node, hint.type),
    ),
    ...(fn.result.type === undefined ? [] : refuse(fn, nameOf(fn), fn.result.type)),
  ]);
}

const nameOf = ({ node }: NativeFunction): Node =>
  (Node.isFunctionDeclaration(node) ? node.getNameNode() : undefined) ?? node;

function collectionIn(
  module: { readonly records: IrRecord[] },
  type: IrType,
  seen: Set<IrType>,
): IrRecord | undefined {
  if (seen.has(type)) return undefined;
  seen.add(type);
  if (isList(type)) return collectionIn(module, elementOf(type).type, seen);
  if (!isRecord(type)) return undefined;
  const record = recordOf(module, type);
  if (record.kind === 'map' || record.kind === 'set') return record;
  const inside: IrType[] = [
    ...record.members.map((member) => member.type),
    ...(record.variants ?? []).map((name): IrType => `rec.${name}`),
  ];
  for (const one of inside) {
    const found = collectionIn(module, one, seen);
    if (found) return found;
  }
  return undefined;
}
