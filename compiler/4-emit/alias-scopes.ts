/**
 * Alias scopes (LLVM language reference, "noalias and alias.scope metadata") for the accesses that
 * `Attributes.apart` marks: a domain for each region, a scope for each of its views.
 */
import type { IrFunction } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import type { LlvmModule } from './writer.ts';

/** By `Attributes.apart`: the lists of the own scope, and of those that the access shares no byte with. */
export type Scopes = ReadonlyMap<string, { readonly own: string; readonly others: string }>;

export function aliasScopes(llvm: LlvmModule, fn: IrFunction): Scopes {
  const stored = new Map<string, boolean>();
  walkOps(fn.body, ({ op, attributes: { apart } }) => {
    if (apart !== undefined) stored.set(apart, op === 'view.store' || stored.get(apart) === true);
  });
  const domains = new Map<string, string>();
  const scopes = new Map<string, string>();
  for (const apart of stored.keys()) {
    const region = regionOf(apart);
    const domain =
      domains.get(region) ?? llvm.distinctNode((self) => `distinct !{${self}, !"${region}"}`);
    domains.set(region, domain);
    scopes.set(
      apart,
      llvm.distinctNode((self) => `distinct !{${self}, ${domain}}`),
    );
  }
  const list = (names: readonly string[]): string =>
    llvm.node(`!{${names.map((name) => scopes.get(name)).join(', ')}}`);
  return new Map(
    [...stored].map(([apart, isStored]) => {
      const others = [...stored].filter(
        ([other, otherStored]) =>
          other !== apart && regionOf(other) === regionOf(apart) && (isStored || otherStored),
      );
      return [apart, { own: list([apart]), others: list(others.map(([name]) => name)) }];
    }),
  );
}

const regionOf = (apart: string): string => apart.replace(/\.\d+$/, '');
