/**
 * Which `var`s are like `let`: older JavaScript declares what a block or loop uses by `var`, also several times
 * under one name, and even for values of several types.
 */
import { Node, ts, type VariableDeclaration } from '../../ts-morph.ts';
import { declarationsOf } from '../../1-read/written.ts';
import { isOwn } from '../functions/written.ts';
import { symbolOf } from '../lowering.ts';
import { mentionsOf } from '../mentions.ts';

const known = new WeakMap<ts.Symbol, boolean>();

/**
 * Whether each declaration of a `var`'s name has a value and the name is only used behind one of them, in its own
 * block or loop. Then no value gets from one to the other, and each declares a variable of its own.
 */
export function isSeparate(declaration: VariableDeclaration): boolean {
  const symbol = symbolOf(declaration.getNameNode());
  if (!symbol) return false;
  const answer = known.get(symbol) ?? areSeparate(symbol, declaration);
  known.set(symbol, answer);
  return answer;
}

interface Region {
  readonly from: number;
  readonly to: number;
}

function areSeparate(symbol: ts.Symbol, declaration: VariableDeclaration): boolean {
  const home = declaration.getFirstAncestor((around) => ts.isFunctionLike(around.compilerNode));
  if (!home) return false;
  const regions: Region[] = [];
  const uses: Node[] = [];
  for (const mention of mentionsOf(symbol, home)) {
    const parent = mention.getParent();
    if (!Node.isVariableDeclaration(parent) || parent.getNameNode() !== mention) {
      uses.push(mention);
      continue;
    }
    const region = regionOf(parent);
    if (!region) return false;
    regions.push(region);
  }
  const isOfNames = declarationsOf(symbol).every(ts.isVariableDeclaration);
  return (
    isOfNames &&
    uses.every((use) => {
      const inside = regions.filter(({ from, to }) => use.getStart() >= from && use.getEnd() <= to);
      return inside.length === 1 && isOwn(use, home);
    })
  );
}

/** Where a variable would be known if it were declared by `let`, behind its value; undefined where it has none. */
function regionOf(declaration: VariableDeclaration): Region | undefined {
  if (!declaration.getInitializer()) return undefined;
  const list = declaration.getParent();
  const holder = Node.isVariableDeclarationList(list) ? list.getParent() : undefined;
  const around = Node.isForStatement(holder)
    ? holder
    : Node.isVariableStatement(holder)
      ? holder.getParent()
      : undefined;
  if (!around || !(Node.isForStatement(around) || Node.isBlock(around))) return undefined;
  return { from: declaration.getEnd(), to: around.getEnd() };
}
