/** What the comment above a function tells people, for what is made of it in other languages. */
import { Node, ts } from '../ts-morph.ts';

export interface DocComment {
  /** Without tags; lines as they are, without the stars. Empty where there is none. */
  readonly text: string;
  /** By the parameters' names. */
  readonly params: ReadonlyMap<string, string>;
  readonly returns: string;
  /** Each with what is thrown first, as the source has it. */
  readonly throws: readonly string[];
}

/** The comment of a function, which stands above the statement that declares it. */
export function docCommentOf(node: Node): DocComment {
  const isExpression = Node.isArrowFunction(node) || Node.isFunctionExpression(node);
  const statement = isExpression
    ? node.getFirstAncestorByKind(ts.SyntaxKind.VariableStatement)
    : undefined;
  const comments = (statement ?? node)
    .getLeadingCommentRanges()
    .map((range) => range.getText())
    .filter((text) => text.startsWith('/**'));
  return parseDocComment(comments.at(-1) ?? '');
}

/** Takes a comment that starts with `/**` apart; tags that it doesn't know, such as `@native`, are left out. */
export function parseDocComment(comment: string): DocComment {
  const lines = comment
    .replace(/^\/\*\*[ \t]*|[ \t]*\*\/$/g, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/^[ \t]*\*?[ \t]?/, '').trimEnd());
  const blocks: { tag: string; lines: string[] }[] = [{ tag: '', lines: [] }];
  for (const line of lines) {
    const [, tag, rest = ''] = /^\s*@([A-Za-z]+)\b\s*(.*)$/.exec(line) ?? [];
    if (tag === undefined) blocks.at(-1)?.lines.push(line);
    else blocks.push({ tag, lines: [rest] });
  }
  const textsOf = (...tags: string[]): string[] =>
    blocks.filter(({ tag }) => tags.includes(tag)).map((block) => block.lines.join('\n').trim());
  const params = textsOf('param', 'arg', 'argument').flatMap((text) => {
    const [, name, about = ''] =
      /^(?:\{[^}]*\}\s*)?\[?([\p{ID_Continue}$]+)[^\s]*\s*(?:-\s*)?([^]*)$/u.exec(text) ?? [];
    return name === undefined ? [] : [[name, about] as const];
  });
  const withoutType = (text: string): string => text.replace(/^\{([^}]*)\}/, '$1');
  return {
    text: textsOf('').join('\n').trim(),
    params: new Map(params),
    returns: (textsOf('returns', 'return')[0] ?? '').replace(/^\{[^}]*\}\s*/, ''),
    throws: textsOf('throws', 'exception').map(withoutType),
  };
}
