/**
 * Makes `runtime/std/case-tables.ts` from the running engine's own `toUpperCase` and `toLowerCase` of each code point,
 * and `runtime/std/case-properties.ts` from the Unicode properties that its regular expressions know.
 */

/** A page of the index is so many bits of code points. */
export const pageBits = 6;
/** Deltas from here on stand for expansions. */
export const expansionBase = 0x200000;

/** @typedef {{ first: number, last: number, step: number, delta: number }} Range */

/**
 * Ranges whose code points, or every second one, change by one number; and mappings to several units.
 * @param {(text: string) => string} convert
 * @returns {{ ranges: Range[], expansions: number[][] }}
 */
export function mappingOf(convert) {
  /** @type {Range[]} */
  const ranges = [];
  /** @type {number[][]} */
  const expansions = [];
  for (let point = 0; point < 0x110000; point++) {
    const text = String.fromCodePoint(point);
    const converted = convert(text);
    if (converted === text) continue;
    const single = converted.codePointAt(0) ?? 0;
    if (converted.length > String.fromCodePoint(single).length) {
      const units = [0, 1, 2].map((index) => converted.charCodeAt(index) || 0);
      ranges.push({
        first: point,
        last: point,
        step: 1,
        delta: expansionBase + 3 * expansions.length,
      });
      expansions.push(units);
      continue;
    }
    const delta = single - point;
    const open = ranges.at(-1);
    const step = open ? point - open.last : 0;
    const isAlone = open?.first === open?.last;
    if (open?.delta === delta && (step === 1 || step === 2) && (isAlone || step === open.step)) {
      open.last = point;
      open.step = step;
    } else ranges.push({ first: point, last: point, step: 1, delta });
  }
  return { ranges, expansions };
}

/** For each page, and one behind them, the index of the first range that ends in it or behind it. @param {Range[]} ranges */
function indexOf(ranges) {
  const pages = ((ranges.at(-1)?.last ?? 0) >> pageBits) + 1;
  const index = Array.from({ length: pages }, (_, page) =>
    ranges.findIndex(({ last }) => last >= page << pageBits),
  );
  return [...index, ranges.length - 1];
}

/** First and last code points of what a property holds for, in turn. @param {RegExp} property */
export function rangesOf(property) {
  const ends = [];
  let inside = false;
  for (let point = 0; point <= 0x110000; point++) {
    const holds = point < 0x110000 && property.test(String.fromCodePoint(point));
    if (holds !== inside) ends.push(holds ? point : point - 1);
    inside = holds;
  }
  return ends;
}

/** @param {string} name @param {string} kind @param {readonly number[]} values @param {string} doc */
function table(name, kind, values, doc) {
  const lines = [];
  let line = ' ';
  for (const value of values) {
    const text = ` ${value},`;
    if (line.length + text.length > 120) {
      lines.push(line);
      line = ' ';
    }
    line += text;
  }
  return `/** ${doc} */\n// prettier-ignore\nexport const ${name} = new ${kind}([\n${[...lines, line].join('\n')}\n]);\n`;
}

/** @returns {string} the file */
export function caseTables() {
  const parts = [
    `/**
 * Made by \`npm run tables\` with Unicode ${process.versions.unicode}: how letters change case, as
 * \`compiler/tables/case-mapping.mjs\` finds out from the engine that runs it.
 */

/** A page of the index is so many bits of code points. */
export const PAGE_BITS = ${pageBits};
/** Deltas from here on are indices in the table of expansions, plus this. */
export const EXPANSION_BASE = ${expansionBase};
`,
  ];
  for (const [name, convert] of /** @type {const} */ ([
    ['upper', (text) => text.toUpperCase()],
    ['lower', (text) => text.toLowerCase()],
  ])) {
    const { ranges, expansions } = mappingOf(convert);
    const rows = ranges.flatMap(({ first, last, step, delta }) => [
      first,
      last * 2 + step - 1,
      delta,
    ]);
    const index = indexOf(ranges);
    parts.push(
      `/** Code points behind the last range stay as they are. */\nexport const ${name}End = ${(ranges.at(-1)?.last ?? 0) + 1};\n`,
      table(
        `${name}Index`,
        'Uint16Array',
        index,
        'For each page, and one behind, the first range that ends in it or later.',
      ),
      table(
        `${name}Ranges`,
        'Int32Array',
        rows,
        'First code point; twice the last one, plus 1 where every second one changes; what is added to it.',
      ),
    );
    // In lower case it is only U+0130.
    if (name === 'upper')
      parts.push(
        table(
          'upperExpansions',
          'Uint16Array',
          expansions.flat(),
          'Three units each, the last one 0 for two.',
        ),
      );
  }
  return parts.join('\n');
}

/** @returns {string} the file */
export function caseProperties() {
  const parts = [
    `/**
 * Made by \`npm run tables\` with Unicode ${process.versions.unicode}: properties of letters, as
 * \`compiler/tables/case-mapping.mjs\` finds out from the engine that runs it.
 */
`,
  ];
  for (const [name, property, pattern] of /** @type {const} */ ([
    ['cased', 'Cased', /^\p{Cased}$/u],
    ['ignorable', 'Case_Ignorable', /^\p{Case_Ignorable}$/u],
  ])) {
    const ends = rangesOf(pattern);
    parts.push(
      `export const ${name.toUpperCase()}_RANGES = ${ends.length / 2};\n`,
      table(
        `${name}Ranges`,
        'Int32Array',
        ends,
        `${property}: first and last code points in turn.`,
      ),
    );
  }
  return parts.join('\n');
}
