/** Diagnostics as text that other tools read: editors, GitHub's checks, code scanning. */
import { pathToFileURL } from 'node:url';
import { displayPath, inOrder } from './list.ts';
import type { Diagnostic, Place } from './types.ts';

export interface FormatOptions {
  /** What paths are shown relative to. */
  readonly cwd: string;
  /** Of tsnative. */
  readonly version: string;
}

type Formatter = (diagnostics: readonly Diagnostic[], options: FormatOptions) => string;

/** Each gives text that ends with a newline where there is some. */
export const formatters = {
  /** A line each, as compilers write them and ESLint's format of that name does. */
  unix: (diagnostics, { cwd }) =>
    lines(diagnostics, ({ place, message, severity, code }) => {
      const kind = severity === 'error' ? 'Error' : 'Warning';
      const at = place ? `${displayPath(place.file, cwd)}:${place.line}:${place.column}: ` : '';
      return `${at}${oneLine(message)} [${kind}/${code}]`;
    }),

  /** Workflow commands, which GitHub shows beside the source (docs.github.com, "Workflow commands"). */
  github: (diagnostics, { cwd }) =>
    lines(diagnostics, ({ place, message, why, rewrite, severity, code }) => {
      const properties = place
        ? Object.entries({
            file: displayPath(place.file, cwd),
            line: place.line,
            endLine: place.endLine,
            col: place.column,
            endColumn: place.endColumn,
          })
        : [];
      const named = [...properties, ['title', code] as const].map(
        ([name, value]) => `${name}=${escapedProperty(String(value))}`,
      );
      const text = [message, why, rewrite && `Write instead: ${rewrite}`].filter(Boolean);
      return `::${severity} ${named.join(',')}::${escapedData(text.join('\n'))}`;
    }),

  /** SARIF 2.1.0 (OASIS), which code scanning takes. */
  sarif: (diagnostics, { cwd, version }) => {
    const ordered = inOrder(diagnostics);
    const codes = [...new Set(ordered.map(({ code }) => code))];
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'tsnative', version, rules: codes.map((id) => ({ id })) } },
          columnKind: 'utf16CodeUnits',
          results: ordered.map(({ code, severity, message, why, rewrite, place, related }) => ({
            ruleId: code,
            ruleIndex: codes.indexOf(code),
            level: severity,
            message: { text: [message, why, rewrite].filter(Boolean).join('\n') },
            locations: place ? [location(place, cwd)] : [],
            ...(related && {
              relatedLocations: related.map(({ place: at, message: text }) => ({
                ...location(at, cwd),
                message: { text },
              })),
            }),
          })),
        },
      ],
    };
    return `${JSON.stringify(log, undefined, 2)}\n`;
  },
} as const satisfies Record<string, Formatter>;

export type FormatName = keyof typeof formatters;

const lines = (
  diagnostics: readonly Diagnostic[],
  format: (diagnostic: Diagnostic) => string,
): string =>
  inOrder(diagnostics)
    .map((diagnostic) => `${format(diagnostic)}\n`)
    .join('');

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** A percent sign and line ends would end or change a command. */
const escapedData = (text: string): string =>
  text.replace(/[%\r\n]/g, (char) => encodeURIComponent(char));

const escapedProperty = (text: string): string =>
  text.replace(/[%\r\n:,]/g, (char) => encodeURIComponent(char));

function location({ file, line, column, endLine, endColumn }: Place, cwd: string): object {
  const shown = displayPath(file, cwd);
  const uri = shown === file ? pathToFileURL(file).href : encodeURI(shown);
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: { uri }, region } };
}
