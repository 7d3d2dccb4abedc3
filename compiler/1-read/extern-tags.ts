/** The text of an `@extern` tag: `z: crc32, errno, frees: strm, keeps: callback`. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { placeOfRange } from './places.ts';
import { closest } from './spelling.ts';

export interface ExternTag {
  readonly library: string;
  readonly symbol: string;
  readonly errno: boolean;
  readonly pure: boolean;
  readonly threads: boolean;
  /** The names of the parameters that are handles which it frees. */
  readonly frees: readonly string[];
  /** The names of the parameters that are functions which C keeps. */
  readonly keeps: readonly string[];
}

const flags = ['errno', 'pure', 'threads'] as const;

/** At the start of a line, or behind `@native`. */
const tagPattern =
  /(?:^\/\*\*|\n)[ \t]*(?:\*(?!\/))?[ \t]*(?:@native(?![\w-])[^@\n]*)?@extern(?![\w-])([^\n]*)/;

/** Whether a function of a C library is declared, with or without a body for JavaScript. */
export const isExtern = (node: ts.Node): node is ts.FunctionDeclaration =>
  ts.isFunctionDeclaration(node) && tagText(node) !== undefined;

/** The tag of a declaration; undefined where it has none. */
export function externTag(node: ts.FunctionDeclaration): ExternTag | Diagnostic | undefined {
  const tag = tagText(node);
  if (!tag) return undefined;
  const [target = '', ...options] = tag.text.split(',').map((part) => part.trim());
  const place = placeOfRange(node.getSourceFile(), tag.start, tag.start + tag.text.length);
  const named = /^([\w.+@/-]+)\s*:\s*([A-Za-z_$][\w$]*)$/.exec(target);
  if (!named) {
    const name = node.name?.text ?? 'name';
    const library = /^[\w.+-]+/.exec(target)?.[0] ?? 'library';
    return codes.badExternTag(place, { text: target, rewrite: `@extern ${library}: ${name}` });
  }
  const [, library = '', symbol = ''] = named;
  const given = {
    errno: false,
    pure: false,
    threads: false,
    frees: [] as string[],
    keeps: [] as string[],
  };
  for (const option of options) {
    const [, about, parameter = ''] = /^(frees|keeps)\s*:\s*(\w+)$/.exec(option) ?? [];
    const flag = flags.find((one) => one === option);
    if (flag) given[flag] = true;
    else if ((about === 'frees' || about === 'keeps') && hasParameter(node, parameter))
      given[about].push(parameter);
    else {
      const name = node.parameters[0]?.name.getText() ?? 'handle';
      const meant = closest(option.split(':')[0] ?? '', [...flags, 'frees', 'keeps']);
      const isFlag = flags.some((one) => one === meant);
      const suggestion = isFlag ? meant : `${meant}: ${name}`;
      return codes.unknownExternOption(place, { option, suggestion });
    }
  }
  return { library, symbol, ...given };
}

const hasParameter = ({ parameters }: ts.FunctionDeclaration, name: string): boolean =>
  parameters.some((one) => ts.isIdentifier(one.name) && one.name.text === name);

/** What stands behind the tag on its line, and where. */
function tagText(node: ts.FunctionDeclaration): { text: string; start: number } | undefined {
  const { text } = node.getSourceFile();
  // Most functions have none.
  if (!text.slice(node.pos, node.end).includes('@extern')) return undefined;
  const comments = (ts.getLeadingCommentRanges(text, node.pos) ?? []).filter(({ pos }) =>
    text.startsWith('/**', pos),
  );
  const own = comments.at(-1);
  if (!own) return undefined;
  const match = tagPattern.exec(text.slice(own.pos, own.end));
  if (!match) return undefined;
  const [whole, rest = ''] = match;
  const start = own.pos + match.index + whole.length - rest.length;
  const trimmed = rest.replace(/(\*\/|\s@).*$/, '');
  return {
    text: trimmed.trim(),
    start: start + (trimmed.length - trimmed.trimStart().length),
  };
}
