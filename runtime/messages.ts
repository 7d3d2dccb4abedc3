/**
 * Errors of native code as JavaScript objects. Native code records which *site* failed and the
 * values that its message needs; the message is made here, the same for machine code and for the
 * IR's interpreter. Imports nothing at run time: the loader carries it into every package.
 */
import type { ScalarType, Span } from '../compiler/ir/types.ts';

/** A place that an error can come from. It is plain data, and goes to the loader as JSON. */
export type Site =
  /** Values: the index, of type `index`; the length, i64. */
  | {
      readonly kind: 'bounds';
      readonly subject: string;
      readonly write: boolean;
      readonly index: ScalarType;
      readonly span: Span | undefined;
    }
  /** Values: the number of type `from` that does not fit `type`. */
  | {
      readonly kind: 'range';
      readonly subject: string;
      readonly from: ScalarType;
      readonly type: ScalarType;
      readonly span: Span | undefined;
    }
  /** Values: both operands, of type `type`. */
  | {
      readonly kind: 'overflow';
      readonly operator: '+' | '-' | '*';
      readonly type: ScalarType;
      readonly span: Span | undefined;
    }
  | { readonly kind: 'stack' }
  /** No memory for an array's buffer. */
  | { readonly kind: 'memory' }
  /** No memory for an object, a list or a string. */
  | { readonly kind: 'heap' }
  /** A string that would have too many units. */
  | { readonly kind: 'string length' }
  /** A function of JavaScript has detached or resized a typed array that native code uses. */
  | { readonly kind: 'detached' }
  /** JavaScript has detached or resized the buffer of a typed array that an instance keeps. */
  | { readonly kind: 'lost'; readonly subject: string; readonly span: Span | undefined }
  /** Native code can't go on, as after the end of its thread was asked for. */
  | { readonly kind: 'ended' }
  /** A check that the compiler proved never to fail, kept as an assertion. */
  | {
      readonly kind: 'elided';
      readonly check: 'bounds' | 'range';
      readonly subject: string;
      readonly span: Span | undefined;
    }
  /** A function of JavaScript that throws. Values: those of the arguments that are no text, in order. */
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly parts: readonly (string | { readonly type: ScalarType })[];
    }
  /**
   * An error that native code made with a message: that is with it, as a string. Of an instance of a class of errors
   * of the package's, whose id is `instance`, that string tells all properties (`propertiesOf`).
   */
  | { readonly kind: 'made'; readonly errorClass: ErrorClass; readonly instance?: string }
  /** Values: those of the parts that are no text, in order. */
  | {
      readonly kind: 'throw';
      readonly errorClass: ErrorClass;
      readonly parts: readonly (string | { readonly type: ScalarType })[];
      /** It is of a check of tsnative's own, not of the program. */
      readonly check?: true;
      readonly span: Span | undefined;
    };

/** 64-bit integers are bigints, other numbers are numbers. */
export type SiteValue = number | bigint | boolean | string;

/** The types of the values that a site's message needs, in the order in which native code records them. */
export function valueTypes(site: Site): readonly ScalarType[] {
  switch (site.kind) {
    case 'bounds':
      return [site.index, 'i64'];
    case 'range':
      return [site.from];
    case 'overflow':
      return [site.type, site.type];
    case 'throw':
    case 'call':
      return site.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.type]));
    case 'stack':
    case 'memory':
    case 'heap':
    case 'string length':
    case 'made':
    case 'detached':
    case 'lost':
    case 'ended':
    case 'elided':
      return [];
  }
}

/** The values of a site from the 64 bits each that native code recorded: floats as doubles, integers extended by their sign, booleans 0 or 1. */
export function valuesOfSlots(site: Site, slots: ArrayLike<bigint>): SiteValue[] {
  return valueTypes(site).map((type, index) => {
    const bits = BigInt.asIntN(64, slots[index] ?? 0n);
    if (type === 'bool') return bits !== 0n;
    if (type === 'i64') return bits;
    if (type === 'u64') return BigInt.asUintN(64, bits);
    return type === 'f64' || type === 'f32'
      ? new Float64Array(BigInt64Array.of(bits).buffer)[0]! // of the one element above
      : Number(bits);
  });
}

/** What a function of JavaScript is called with at a site. */
export function argumentsOf(
  { parts }: Extract<Site, { kind: 'call' }>,
  values: readonly SiteValue[],
): SiteValue[] {
  const rest = values.values();
  return parts.map((part) => (typeof part === 'string' ? part : (rest.next().value ?? NaN)));
}

/** A part of a message: text, or the value of that index; `asNumber` where JavaScript would have a number there. */
export type MessagePart = string | { readonly value: number; readonly asNumber?: true };

/** What the message of a site is made of; of an error that has its message with it, that is the only value. */
export function messageOf(site: Site): readonly MessagePart[] {
  const [a, b] = [{ value: 0 }, { value: 1 }];
  // What native code computes as an integer is a number in JavaScript.
  const number = { value: 0, asNumber: true } as const;
  switch (site.kind) {
    case 'bounds': {
      // No expression is called so: it is of an array of several dimensions, of which JavaScript says the same.
      if (/^axis \d+$/.test(site.subject))
        return ['index ', number, ` is outside ${site.subject} of size `, b];
      const index = site.write ? 'write to index ' : 'index ';
      return [index, number, ` is outside '${site.subject}' of length `, b, at(site.span)];
    }
    case 'range': {
      // What should have fit 32 bits was a number in JavaScript; only bigints go into wider types.
      const isBigint = site.type === 'i64' || site.type === 'u64';
      const rest = ` does not fit ${site.type} '${site.subject}'${at(site.span)}`;
      return [isBigint ? a : number, rest];
    }
    case 'overflow':
      return [a, ` ${site.operator} `, b, ` does not fit ${site.type}${at(site.span)}`];
    case 'stack':
      return ['Maximum call stack size exceeded'];
    case 'memory':
      return ['Array buffer allocation failed'];
    case 'heap':
      return ['Out of memory'];
    case 'string length':
      return ['Invalid string length'];
    case 'detached':
      return ['a callback has detached or resized a typed array that native code is using'];
    case 'lost':
      return [
        `'${site.subject}' can't be used: its buffer is detached, or has shrunk${at(site.span)}`,
      ];
    case 'ended':
      return ['native code was ended'];
    case 'elided': {
      const what = site.check === 'bounds' ? 'an index of' : 'a number stored in';
      return [
        `tsnative has proved that ${what} '${site.subject}' always fits, and it does not${at(site.span)}`,
      ];
    }
    case 'call':
      return [`${site.callee} has returned, though its hints say that it never does`];
    case 'made':
      return [a];
    case 'throw': {
      let value = 0;
      return site.parts.map((part) => (typeof part === 'string' ? part : { value: value++ }));
    }
  }
}

/**
 * The error that native code's failing at a site means. It is made, not thrown.
 * @param made makes an instance of a class of the package's
 */
export function errorOfSite(
  site: Site,
  values: readonly SiteValue[],
  made: (site: MadeSite, properties: readonly Property[]) => Error = namedInstance,
): Error {
  const message = messageOf(site)
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = values[part.value];
      return String(part.asNumber ? Number(value) : value);
    })
    .join('');
  return site.kind === 'made' && site.instance !== undefined
    ? made(site, propertiesOf(message))
    : new errorConstructors[classOfSite(site)](message);
}

/** The class of the error that failing at a site means. */
export function classOfSite(site: Site): ErrorClass {
  switch (site.kind) {
    case 'throw':
    case 'made':
      return site.errorClass;
    case 'elided':
    case 'ended':
    case 'call':
      return 'Error';
    case 'detached':
    case 'lost':
      return 'TypeError';
    case 'bounds':
    case 'range':
    case 'overflow':
    case 'stack':
    case 'memory':
    case 'heap':
    case 'string length':
      return 'RangeError';
  }
}

/**
 * What native code asks about a value that was thrown; see `requests.thrown`.
 * @throws TypeError where the message or the name is no string
 */
export function aboutThrown(what: number, value: unknown): string | boolean {
  const wanted = Object.values(errorConstructors)[what - 2];
  if (wanted) return value instanceof wanted;
  const key = what === 0 ? 'message' : 'name';
  const told: unknown = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (typeof told === 'string') return told;
  throw new TypeError(`the ${key} of what was thrown is not a string`);
}

export type MadeSite = Extract<Site, { kind: 'made' }>;

/** A property of an error by its name, in the order in which they are made. */
export type Property = readonly [name: string, value: number | boolean | string | undefined | null];

/**
 * The properties that the text of an instance tells: of each one a unit that says what it is, its name up to a 0,
 * and its value: of a number the four 16-bit parts of its bits, of a string its length as such a number, and its units.
 */
export function propertiesOf(text: string): Property[] {
  const properties: Property[] = [];
  const bits = new DataView(new ArrayBuffer(8));
  let at = 0;
  const number = (): number => {
    for (let part = 0; part < 4; part++) bits.setUint16(2 * part, text.charCodeAt(at++));
    return bits.getFloat64(0);
  };
  while (at < text.length) {
    const kind = text[at++];
    const end = text.indexOf('\0', at);
    const name = text.slice(at, end);
    at = end + 1;
    if (kind === 'd') properties.push([name, number()]);
    else if (kind === 's') {
      const length = number();
      properties.push([name, text.slice(at, (at += length))]);
    } else properties.push([name, simpleValues[kind as keyof typeof simpleValues]]);
  }
  return properties;
}

/** What the units stand for that say all about a property. */
export const simpleValues = { t: true, f: false, u: undefined, n: null } as const;

/**
 * Makes an instance of a class of errors without running its constructor: JavaScript's own base makes it, with
 * `message` alone, and then the other properties come in their order.
 * @param begun is called in between
 */
export function instanceOfClass(
  base: ErrorClass,
  made: { readonly prototype: object },
  properties: readonly Property[],
  begun: (error: Error) => void = () => {},
): Error {
  const message = properties.filter(([name]) => name === 'message').map(([, value]) => value);
  const error = Reflect.construct(errorConstructors[base], message, made as () => void) as Error;
  begun(error);
  for (const [name, value] of properties.filter(([name]) => name !== 'message'))
    Object.defineProperty(error, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return error;
}

/** An instance of a class that is only known by its name. */
function namedInstance({ errorClass, instance }: MadeSite, properties: readonly Property[]): Error {
  const made = { [instance ?? '']: class extends errorConstructors[errorClass] {} }[instance ?? ''];
  return instanceOfClass(errorClass, made ?? Error, properties);
}

/** What a property is: native code takes a number, a boolean or a string, and knows what is absent. */
export const propertyKinds = ['undefined', 'null', 'number', 'boolean', 'string', 'other'] as const;

/** The index of what a value is in `propertyKinds`. */
export function kindOfProperty(value: unknown): number {
  const kind = value === null ? 'null' : typeof value;
  const known = propertyKinds.findIndex((one) => one === kind);
  return known < 0 ? propertyKinds.length - 1 : known;
}

/** A property of what was thrown; undefined where there is none, or it can't be read. */
export function propertyOf(thrown: unknown, name: string): unknown {
  try {
    return (thrown as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** In the order by which they are known. */
export const errorConstructors = {
  Error,
  RangeError,
  TypeError,
  ReferenceError,
  SyntaxError,
  EvalError,
  URIError,
} as const;

/** A class of errors that JavaScript has. */
export type ErrorClass = keyof typeof errorConstructors;

/** Their names in that order. */
export const errorClasses = Object.keys(errorConstructors) as readonly ErrorClass[];

const at = (span: Span | undefined): string =>
  span ? ` (${span.file}:${span.line}:${span.column})` : '';
