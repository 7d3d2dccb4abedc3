/** Structures of every class that calling conventions know, and random ones. */
import { layoutOf, type CPart, type CStruct } from '../../compiler/ir/c-structs.ts';
import {
  hints,
  type Around,
  type Hint,
  type Member,
  type Structure,
} from './structures-program.ts';

const number = (hint: Hint): Member => ({ kind: 'number', hint });
const array = (hint: Exclude<Hint, 'bool'>, count: number): Member => ({
  ...{ kind: 'array', hint, count },
});
const tuple = (of: Member, count: number): Member => ({ kind: 'tuple', of, count });
const text = (count: number): Member => ({ kind: 'text', count });
const struct = (name: string): Member => ({ kind: 'struct', name });

const numbers = (...list: Hint[]): Member[] => list.map(number);

const known: readonly Structure[] = [
  // One register.
  { name: 'OneInt', members: numbers('i32') },
  { name: 'OneByte', members: numbers('u8') },
  { name: 'OneBool', members: numbers('bool') },
  { name: 'OneLong', members: numbers('i64') },
  { name: 'OneFloat', members: numbers('f32') },
  { name: 'OneDouble', members: numbers('f64') },
  { name: 'Color', members: numbers('u8', 'u8', 'u8', 'u8') },
  { name: 'ThreeBytes', members: numbers('i8', 'u8', 'i8') },
  { name: 'Vector2', members: numbers('f32', 'f32') },
  { name: 'FloatInt', members: numbers('f32', 'i32') },
  { name: 'Inner', members: numbers('i16', 'f32') },
  // Two, of one class or of both.
  { name: 'Vector3', members: numbers('f32', 'f32', 'f32') },
  { name: 'Vector4', members: numbers('f32', 'f32', 'f32', 'f32') },
  { name: 'TwoDoubles', members: numbers('f64', 'f64') },
  { name: 'FloatDouble', members: numbers('f32', 'f64') },
  { name: 'LongDouble', members: numbers('i64', 'f64') },
  { name: 'DoubleLong', members: numbers('f64', 'u64') },
  { name: 'TwoLongs', members: numbers('i64', 'u64') },
  { name: 'FloatsInt', members: numbers('f32', 'f32', 'u32') },
  { name: 'IntFloats', members: numbers('i32', 'f32', 'f32', 'f32') },
  { name: 'SmallMixed', members: numbers('bool', 'i16', 'u8', 'f32', 'i8') },
  { name: 'Rectangle', members: [struct('Vector2'), struct('Vector2')] },
  { name: 'Three', members: [tuple(number('i32'), 3)] },
  { name: 'Bytes5', members: [array('u8', 5)] },
  { name: 'Bytes16', members: [array('u8', 16)] },
  // In memory, but where they are floats alone.
  { name: 'ThreeDoubles', members: numbers('f64', 'f64', 'f64') },
  { name: 'FourDoubles', members: [array('f64', 4)] },
  { name: 'FiveFloats', members: [tuple(number('f32'), 5)] },
  { name: 'FiveDoubles', members: [array('f64', 2), number('f64'), struct('TwoDoubles')] },
  { name: 'Line', members: [struct('TwoDoubles'), struct('TwoDoubles')] },
  { name: 'Bytes17', members: [array('u8', 17)] },
  { name: 'Named', members: [text(32), number('i64')] },
  { name: 'NamedShort', members: [text(8)] },
  {
    name: 'Deep',
    members: [
      ...[number('u8'), tuple(struct('Inner'), 2), array('i32', 3), text(7), number('bool')],
      ...[struct('Named'), tuple(tuple(number('f32'), 2), 2)],
    ],
  },
];

/** Mulberry32: the same numbers for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Known structures, and random ones that may hold those before them. */
export function structuresOf(seed: number, count: number): Structure[] {
  const random = generator(seed);
  const found = [...known];
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const simple = (): Member => {
    // Mostly such as have several members in 16 bytes.
    const hint = random(3) === 0 ? pick<Hint>(['f32', 'f64']) : pick(hints);
    return number(hint);
  };
  const member = (): Member => {
    const kind = random(12);
    const hint = pick(hints);
    if (kind === 0 && hint !== 'bool') return array(hint, 1 + random(6));
    if (kind === 1) return text(1 + random(12));
    if (kind === 2) return struct(pick(found).name);
    if (kind === 3) return tuple(simple(), 1 + random(4));
    if (kind === 4) return tuple(struct(pick(found.slice(0, 12)).name), 1 + random(3));
    return simple();
  };
  for (let n = 0; n < count; n++)
    found.push({
      name: `Random${n}`,
      members: Array.from({ length: 1 + random(5) }, member),
    });
  return found;
}

/** Arguments around a structure: none, or so many that registers run out before it, in it, or behind. */
export function aroundOf(index: number): Around {
  const random = generator(index);
  const some = (most: number, from: readonly Hint[]): Hint[] =>
    Array.from({ length: random(most) }, () => from[random(from.length)] ?? 'i32');
  switch (index % 4) {
    case 0:
      return { before: [], behind: [] };
    case 1:
      return { before: some(8, ['i32', 'i64', 'u8']), behind: some(3, ['i64', 'f64']) };
    case 2:
      return { before: some(10, ['f64', 'f32']), behind: some(3, ['i32', 'f32']) };
    default:
      return { before: some(14, hints), behind: some(5, hints) };
  }
}

/** What the compiler takes a described structure for. */
export function partOf(member: Member, structures: readonly Structure[]): CPart {
  switch (member.kind) {
    case 'number':
      return { kind: 'value', type: member.hint };
    case 'array':
      return { kind: 'array', type: member.hint, count: member.count };
    case 'text':
      return { kind: 'text', count: member.count };
    case 'tuple': {
      const part = partOf(member.of, structures);
      const members = Array.from({ length: member.count }, (_, index) => ({
        ...{ name: String(index), part },
      }));
      return { kind: 'struct', members };
    }
    case 'struct': {
      const own = structures.find(({ name }) => name === member.name)?.members ?? [];
      const members = own.map((one, index) => ({
        ...{ name: `m${index}`, part: partOf(one, structures) },
      }));
      return { kind: 'struct', members };
    }
  }
}

/** `sizeof`, `_Alignof`, and where each member is. */
export function placesOf({ name }: Structure, structures: readonly Structure[]): number[] {
  const whole = partOf({ kind: 'struct', name }, structures) as CStruct;
  const { size, align, leaves } = layoutOf(whole);
  const first = whole.members.map(
    (member) => leaves.find(({ path }) => path[0] === member.name)?.offset ?? -1,
  );
  return [size, align, ...first];
}
