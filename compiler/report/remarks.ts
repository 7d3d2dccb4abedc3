/** Reads LLVM's remarks from the YAML that it writes, a regular part of YAML. */

export interface Remark {
  /** `Passed` is what LLVM did, `Missed` what it did not, `Analysis` why. */
  readonly kind: 'Passed' | 'Missed' | 'Analysis';
  /** Such as `loop-vectorize`. */
  readonly pass: string;
  /** Such as `CantReorderFPOps`. */
  readonly name: string;
  /** The LLVM function. */
  readonly fn: string;
  readonly place:
    { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** The pieces of its message, by key; text between them has the key `String`. */
  readonly args: readonly (readonly [key: string, value: string])[];
}

export const messageOf = ({ args }: Remark): string => args.map(([, value]) => value).join('');

/** The piece of a message with a key. */
export const argument = ({ args }: Remark, key: string): string | undefined =>
  args.find(([name]) => name === key)?.[1];

/** @returns the remarks in the text's order; what isn't a remark is left out */
export function readRemarks(yaml: string): Remark[] {
  return yaml.split(/^--- /m).flatMap((document) => {
    const kind = /^!(Passed|Missed|Analysis)/.exec(document)?.[1];
    if (kind === undefined) return [];
    // Long flow mappings go on in the next line, which is indented.
    const text = document.replace(/(\{[^}\n]*)\n\s+/g, '$1 ');
    const [head = '', list = ''] = text.split(/^Args:.*$/m);
    const field = (name: string): string =>
      scalar(new RegExp(`^${name}:[ \\t]+(.*)$`, 'm').exec(head)?.[1] ?? '');
    const remark: Remark = {
      // Safe: the pattern has these names alone.
      kind: kind as Remark['kind'],
      pass: field('Pass'),
      name: field('Name'),
      fn: field('Function'),
      place: placeOf(/^DebugLoc:\s+(\{.*\})$/m.exec(head)?.[1]),
      args: argumentsOf(list),
    };
    return [remark];
  });
}

function argumentsOf(list: string): (readonly [string, string])[] {
  const lines = list.split('\n');
  return lines.flatMap((line, index) => {
    const [, key, value = ''] = /^ {2}- (\w+):\s*(.*)$/.exec(line) ?? [];
    if (key === undefined) return [];
    if (!/^[|>]/.test(value)) return [[key, scalar(value)] as const];
    // A block of text: the lines below that are indented.
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((other) => !/^ {4,}\S|^\s*$/.test(other));
    const block = rest.slice(0, end < 0 ? undefined : end).map((other) => other.trim());
    return [[key, block.join('\n').trim()] as const];
  });
}

function placeOf(mapping: string | undefined): Remark['place'] {
  const [, file = '', line, column] =
    /^\{ File: (.*), +Line: (\d+), +Column: (\d+) \}$/.exec(mapping ?? '') ?? [];
  if (line === undefined || line === '0') return undefined;
  return { file: scalar(file), line: Number(line), column: Number(column) };
}

/** A value as YAML writes it: plain, in single quotes, or in double quotes with escapes. */
function scalar(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith("'")) return trimmed.slice(1, -1).replaceAll("''", "'");
  if (!trimmed.startsWith('"')) return trimmed;
  return trimmed
    .slice(1, -1)
    .replace(/\\(x[0-9A-Fa-f]{2}|.)/g, (_, code: string) =>
      code.length === 3
        ? String.fromCharCode(parseInt(code.slice(1), 16))
        : (({ n: '\n', t: '\t' } as Record<string, string>)[code] ?? code),
    );
}
