'use strict';
// Made by tsnative. Finds the binary for this platform beside this file; without one, the JavaScript runs.
const manifest = {
  "package": "landcover",
  "binary": "landcover",
  "hash": "c1304a0b3488e9aa608a682171a5996fef027aa658d16912f1600cf16fb62851",
  "binaries": {
    "linux-x64": "aa7ed36bfbd0524b8d3fc5a9e1467e865eac71103d682f21488298908b25a5b5"
  },
  "functions": [
    {
      "id": "similarity.wire",
      "name": "similarity",
      "file": "src/names.ts",
      "line": 9,
      "wire": {
        "id": "similarity",
        "params": [
          {
            "name": "a",
            "type": "str"
          },
          {
            "name": "b",
            "type": "str"
          }
        ]
      },
      "params": [
        {
          "name": "wire",
          "type": "view.dataview",
          "class": "DataView"
        }
      ]
    },
    {
      "id": "vegetationIndex",
      "name": "vegetationIndex",
      "file": "src/vegetation.ts",
      "line": 10,
      "params": [
        {
          "name": "red",
          "type": "view.u16",
          "class": "Uint16Array"
        },
        {
          "name": "near",
          "type": "view.u16",
          "class": "Uint16Array"
        },
        {
          "name": "index",
          "type": "view.f32",
          "class": "Float32Array"
        }
      ]
    }
  ],
  "globals": [],
  "shapes": {},
  "classes": [],
  "errors": [],
  "sites": [
    {
      "kind": "memory"
    },
    {
      "kind": "bounds",
      "subject": "near",
      "write": false,
      "index": "i64",
      "span": {
        "file": "src/vegetation.ts",
        "line": 12,
        "column": 30,
        "length": 7
      }
    },
    {
      "kind": "bounds",
      "subject": "index",
      "write": true,
      "index": "i64",
      "span": {
        "file": "src/vegetation.ts",
        "line": 13,
        "column": 5,
        "length": 28
      }
    },
    {
      "kind": "string length"
    },
    {
      "kind": "bounds",
      "subject": "units",
      "write": false,
      "index": "i32"
    },
    {
      "kind": "bounds",
      "subject": "out",
      "write": true,
      "index": "i32"
    },
    {
      "kind": "heap"
    }
  ]
};

/** The classes of typed arrays by name, in the order of Node-API's `napi_typedarray_type`, which native code's kinds of views have too. */
const arrayClasses = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
};

/** What binaries are called. */
/** The platform whose binary runs on all. */
const everywhere = 'wasm32';
/**
 * The file's name.
 * @param stem what the files of the package begin with
 * @param platform such as `linux-x64`, or `everywhere`
 */
const binaryName = (stem, platform) => `${stem}.${platform}.${platform === everywhere ? 'wasm' : 'node'}`;

/**
 * What native code asks of the loader's `answer(request, …)`:
 *
 * - `refuse(export, parameter, value)`: throws the error for a value that its type can't hold.
 *   A negative parameter is a constant: −1 the first, −2 the second. The export is −1 while a
 *   constant is being bound.
 * - `inspect(export, parameter, value)`: the same if the view is detached, out of its buffer's
 *   bounds, or of a class that isn't the declared one; else returns true.
 * - `unbound(export, parameter)`: throws the error for a constant that has no value yet.
 * - `throw(site, value0 … value3)`: throws the error of a site; the values are its slots as bigints.
 * - `message(site, value0 … value3)`: returns the message of that error.
 * - `mistaken(export, parameter, type, absent, value)`: throws the error for what the function gave that was passed
 *   for a parameter; `absent` is 1 where it may be undefined, 2 where it may be null, 3 for both.
 * - `thrown(what, value)`: tells of a value that was thrown: its `message` (0), its `name` (1), or whether it is of the
 *   class of that index of `errorConstructors` (2 and on).
 * - `instance(index, value)`: returns whether a value that was thrown is an instance of the class of errors of that index
 *   in the manifest.
 * - `property(name, what, value)`: tells of a property of a value that was thrown: what it is (0, `propertyKinds`), or
 *   its value (1).
 * - `view(kind, buffer, byteOffset, length)`: returns a view; the kind is an index into
 *   `viewClasses`, the other numbers are bigints.
 * - `allocate(bytes)`: returns a new ArrayBuffer; throws RangeError.
 * - `scope()`: returns what the addon made for the call of `withThreads` that runs, if there is one.
 */
const requests = {
    refuse: 0,
    inspect: 1,
    unbound: 2,
    throw: 3,
    view: 4,
    allocate: 5,
    message: 6,
    mistaken: 7,
    thrown: 8,
    instance: 9,
    property: 10,
    scope: 11,
};

/**
 * The threads that parallel loops and async calls of native code run on: one pool for the process. The loader and the
 * package may be several copies in one process, so they have what they share by names that all know.
 */
/** What the limit of threads comes from, by the number that the pool (`native/pool/types.h`) has for it. */
const sources = ['system', 'affinity', 'cgroup', 'variable', 'tokens'];
/** What this thread's copies of tsnative share. */
function sharedPool() {
    const key = Symbol.for('tsnative.pool');
    const holder = globalThis;
    return (holder[key] ??= {});
}
/** Notes what a loaded binary tells of the pool. */
function notePool(binding) {
    const shared = sharedPool();
    shared.binding ??= binding;
    // Scopes that are older than the first binary have no handle yet.
    if (shared.scopes)
        shared.asks ??= shared.binding.scope(mostThreads, undefined);
}
/** More than a pool has. */
const mostThreads = 0xffff;
/** What native code has of a scope; it is made where there is none yet. */
function handleOf(scope) {
    const outer = scope.outer && handleOf(scope.outer);
    return (scope.handle ??= sharedPool().binding?.scope(Math.min(scope.threads, mostThreads), outer));
}
/** The handle of the scope that the code which runs is in. */
function currentHandle() {
    const scope = sharedPool().scopes?.getStore();
    return scope && handleOf(scope);
}
/** Undefined while no loaded package uses it. */
function poolInfo() {
    const { binding, scopes } = sharedPool();
    if (!binding)
        return undefined;
    const limit = binding.limit();
    const threads = limit & 0xffff;
    const scoped = scopes?.getStore()?.threads ?? threads;
    const tokens = limit >> 20;
    return {
        threads: Math.min(scoped, threads),
        from: scoped < threads ? 'withThreads' : (sources[(limit >> 16) & 0xf] ?? 'system'),
        ...(tokens > 0 && { tokens }),
    };
}

/**
 * The list of the compiled packages of this process. Every package's loader appends to it,
 * whichever copy of tsnative made it, so its shape only ever grows.
 */
/** The list; it is made when it is first asked for. */
function nativeModules() {
    const key = Symbol.for('tsnative.modules');
    const holder = globalThis;
    return (holder[key] ??= []);
}

/** The types of the values that a site's message needs, in the order in which native code records them. */
function valueTypes(site) {
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
        case 'ended':
        case 'elided':
            return [];
    }
}
/** The values of a site from the 64 bits each that native code recorded: floats as doubles, integers extended by their sign, booleans 0 or 1. */
function valuesOfSlots(site, slots) {
    return valueTypes(site).map((type, index) => {
        const bits = BigInt.asIntN(64, slots[index] ?? 0n);
        if (type === 'bool')
            return bits !== 0n;
        if (type === 'i64')
            return bits;
        if (type === 'u64')
            return BigInt.asUintN(64, bits);
        return type === 'f64' || type === 'f32'
            ? new Float64Array(BigInt64Array.of(bits).buffer)[0] // of the one element above
            : Number(bits);
    });
}
/** What a function of JavaScript is called with at a site. */
function argumentsOf({ parts }, values) {
    const rest = values.values();
    return parts.map((part) => (typeof part === 'string' ? part : (rest.next().value ?? NaN)));
}
/** What the message of a site is made of; of an error that has its message with it, that is the only value. */
function messageOf(site) {
    const [a, b] = [{ value: 0 }, { value: 1 }];
    // What native code computes as an integer is a number in JavaScript.
    const number = { value: 0, asNumber: true };
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
function errorOfSite(site, values, made = namedInstance) {
    const message = messageOf(site)
        .map((part) => {
        if (typeof part === 'string')
            return part;
        const value = values[part.value];
        return String(part.asNumber ? Number(value) : value);
    })
        .join('');
    return site.kind === 'made' && site.instance !== undefined
        ? made(site, propertiesOf(message))
        : new errorConstructors[classOfSite(site)](message);
}
/** The class of the error that failing at a site means. */
function classOfSite(site) {
    switch (site.kind) {
        case 'throw':
        case 'made':
            return site.errorClass;
        case 'elided':
        case 'ended':
        case 'call':
            return 'Error';
        case 'detached':
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
function aboutThrown(what, value) {
    const wanted = Object.values(errorConstructors)[what - 2];
    if (wanted)
        return value instanceof wanted;
    const key = what === 0 ? 'message' : 'name';
    const told = value?.[key];
    if (typeof told === 'string')
        return told;
    throw new TypeError(`the ${key} of what was thrown is not a string`);
}
/**
 * The properties that the text of an instance tells: of each one a unit that says what it is, its name up to a 0,
 * and its value: of a number the four 16-bit parts of its bits, of a string its length as such a number, and its units.
 */
function propertiesOf(text) {
    const properties = [];
    const bits = new DataView(new ArrayBuffer(8));
    let at = 0;
    const number = () => {
        for (let part = 0; part < 4; part++)
            bits.setUint16(2 * part, text.charCodeAt(at++));
        return bits.getFloat64(0);
    };
    while (at < text.length) {
        const kind = text[at++];
        const end = text.indexOf('\0', at);
        const name = text.slice(at, end);
        at = end + 1;
        if (kind === 'd')
            properties.push([name, number()]);
        else if (kind === 's') {
            const length = number();
            properties.push([name, text.slice(at, (at += length))]);
        }
        else
            properties.push([name, simpleValues[kind]]);
    }
    return properties;
}
/** What the units stand for that say all about a property. */
const simpleValues = { t: true, f: false, u: undefined, n: null };
/**
 * Makes an instance of a class of errors without running its constructor: JavaScript's own base makes it, with
 * `message` alone, and then the other properties come in their order.
 * @param begun is called in between
 */
function instanceOfClass(base, made, properties, begun = () => { }) {
    const message = properties.filter(([name]) => name === 'message').map(([, value]) => value);
    const error = Reflect.construct(errorConstructors[base], message, made);
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
function namedInstance({ errorClass, instance }, properties) {
    const made = { [instance ?? '']: class extends errorConstructors[errorClass] {
        } }[instance ?? ''];
    return instanceOfClass(errorClass, made ?? Error, properties);
}
/** What a property is: native code takes a number, a boolean or a string, and knows what is absent. */
const propertyKinds = ['undefined', 'null', 'number', 'boolean', 'string', 'other'];
/** The index of what a value is in `propertyKinds`. */
function kindOfProperty(value) {
    const kind = value === null ? 'null' : typeof value;
    const known = propertyKinds.findIndex((one) => one === kind);
    return known < 0 ? propertyKinds.length - 1 : known;
}
/** A property of what was thrown; undefined where there is none, or it can't be read. */
function propertyOf(thrown, name) {
    try {
        return thrown?.[name];
    }
    catch {
        return undefined;
    }
}
/** In the order by which they are known. */
const errorConstructors = {
    Error,
    RangeError,
    TypeError,
    ReferenceError,
    SyntaxError,
    EvalError,
    URIError,
};
/** Their names in that order. */
const errorClasses = Object.keys(errorConstructors);
const at = (span) => span ? ` (${span.file}:${span.line}:${span.column})` : '';

/**
 * How messages start that are about an argument or what is in it.
 * @param path a parameter's name and the way from there
 */
function titleOf({ name, setsField }, path) {
    if (path === 'this')
        return `${name}: 'this'`;
    // The function of a field is called by it.
    const [, inside] = setsField ? (/^[\p{ID_Continue}$]+(.*)$/su.exec(path) ?? []) : [];
    return inside === undefined ? `${name}: parameter '${path}'` : `${name}${inside}`;
}
/**
 * The error for a value whose type or range is wrong.
 * @param title how the message starts, such as `dot: parameter 'a'`
 */
function receptionError(title, receiver, value) {
    const { type } = receiver;
    const isBigint = type === 'i64' || type === 'u64';
    const isNumber = !isView(receiver) && type !== 'bool' && type !== 'str' && type !== 'js';
    if (isNumber && typeof value === (isBigint ? 'bigint' : 'number'))
        return new RangeError(`${title} expected ${type} (${rangeOf(type)}), got ${value}`);
    return new TypeError(`${title} expected ${expectation(receiver)}, got ${describe(value)}`);
}
/**
 * What is wrong with a view of the right kind: its buffer was detached or has shrunk, or it is of
 * a subclass where that matters; undefined if nothing is.
 */
function viewProblem(title, receiver, view) {
    const needsClass = receiver.exact === true || receiver.class === 'Buffer';
    if (needsClass && !isOfClass(view, receiver.class)) {
        const expected = expectation(receiver);
        const got = describe(view);
        return new TypeError(receiver.class === 'Buffer'
            ? `${title} expected ${expected}, got ${got}`
            : `${title} expected ${expected} itself, got its subclass ${got}, whose methods may differ`);
    }
    if (isInBounds(receiver, view))
        return undefined;
    const buffer = view.buffer;
    const detached = buffer.detached ?? buffer.resizable !== true;
    return new TypeError(detached
        ? `${title} expected ${expectation(receiver)}, got one whose buffer is detached`
        : `${title} expected ${expectation(receiver)}, got one that is outside its shrunk buffer`);
}
const isView = (receiver) => receiver.class !== undefined;
function expectation(receiver) {
    const { type } = receiver;
    const own = receiver.class ??
        { f64: 'number', bool: 'boolean', str: 'string', js: 'function' }[type] ??
        type;
    const absent = [receiver.undefined && 'undefined', receiver.null && 'null'];
    return [own, ...absent.filter((name) => typeof name === 'string')].join(' or ');
}
function rangeOf(type) {
    if (type === 'f32')
        return 'a single-precision number';
    const width = Number(type.slice(1));
    const [min, max] = type.startsWith('i')
        ? [-(2n ** BigInt(width - 1)), 2n ** BigInt(width - 1) - 1n]
        : [0n, 2n ** BigInt(width) - 1n];
    return `an integer from ${min} to ${max}`;
}
/** A value for people, by its class or type. Runs as little of the value's own code as possible. */
function describe(value) {
    if (value === null)
        return 'null';
    if (typeof value !== 'object')
        return typeof value;
    try {
        const name = Object.getPrototypeOf(value)?.constructor?.name;
        if (typeof name === 'string' && name !== '')
            return name;
    }
    catch {
        // A proxy or a getter threw.
    }
    return 'object';
}
/** Whether a typed array is directly of a class, be it this realm's or another's. */
function isOfClass(view, name) {
    const prototype = Object.getPrototypeOf(view);
    if (name === 'Buffer')
        return prototype === Buffer.prototype;
    // Only the classes of the language have this property on their prototypes themselves.
    return prototype !== null && Object.hasOwn(prototype, 'BYTES_PER_ELEMENT');
}
/** ECMA-262 10.4.5.14 IsTypedArrayOutOfBounds, and 25.3.1.3 IsViewOutOfBounds for a DataView, told by what throws. */
function isInBounds(receiver, view) {
    try {
        if (receiver.class === 'DataView')
            return view.byteLength >= 0;
        Uint8Array.prototype.at.call(view, 0);
        return true;
    }
    catch {
        return false;
    }
}

/**
 * Arrays of any dimension on their way into native code and out of it: their typed array goes by reference, their shape
 * by value. Their class is in the package, which this file, as it is carried into every program, doesn't import.
 */
/** By this property the class is known, on its prototype, and found, as a property of the global object. */
const key = Symbol.for('tsnative.NdArray');
const isNdArray = (value) => typeof value === 'object' && value !== null && value[key] === true;
const isInt = (value) => typeof value === 'number' && (value | 0) === value;
const isSize = (value) => isInt(value) && value >= 0;
const isAxis = (size, step) => isSize(size) && isInt(step);
/**
 * The fields of an array as they are now, or undefined where they aren't those of one: native code relies on it that no
 * index within the shape leads out of `data`.
 */
function fieldsOf(array) {
    const { data, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3, more } = array;
    if (!isSize(offset) || !isSize(rank) || !isAxis(n0, s0) || !isAxis(n1, s1))
        return undefined;
    if (!isAxis(n2, s2) || !isAxis(n3, s3))
        return undefined;
    // What an axis has that isn't there.
    if ((rank < 4 && (n3 !== 1 || s3 !== 0)) || (rank < 3 && (n2 !== 1 || s2 !== 0)))
        return undefined;
    if ((rank < 2 && (n1 !== 1 || s1 !== 0)) || (rank < 1 && (n0 !== 1 || s0 !== 0)))
        return undefined;
    const [d0, d1, d2, d3] = [(n0 - 1) * s0, (n1 - 1) * s1, (n2 - 1) * s2, (n3 - 1) * s3];
    // Only what makes a place higher is added to the highest one, so that nothing is rounded back.
    let high = offset + Math.max(d0, 0) + Math.max(d1, 0) + Math.max(d2, 0) + Math.max(d3, 0);
    let low = offset + Math.min(d0, 0) + Math.min(d1, 0) + Math.min(d2, 0) + Math.min(d3, 0);
    let isEmpty = n0 * n1 * n2 * n3 === 0;
    const further = more === null ? null : Array.isArray(more) ? Array.from(more) : [NaN];
    const count = (further?.length ?? 0) / 2;
    if (further === null ? rank > 4 : count === 0 || rank !== count + 4)
        return undefined;
    for (let axis = 0; further && axis < count; axis++) {
        const [size = NaN, step = NaN] = [further[axis], further[axis + count]];
        if (!isAxis(size, step))
            return undefined;
        isEmpty ||= size === 0;
        high += Math.max((size - 1) * step, 0);
        low += Math.min((size - 1) * step, 0);
    }
    if (!isEmpty && !(low >= 0 && high < data.length))
        return undefined;
    return { data, offset, rank, n0, n1, n2, n3, s0, s1, s2, s3, more: further };
}
/** A new array of these fields. */
function arrayMade(...fields) {
    const made = globalThis[key];
    if (made)
        return new made(...fields);
    throw new TypeError("the package 'tsnative/nd', whose arrays native code returns, was not loaded");
}

/**
 * The JavaScript side of the wire: the memory by which objects are handed to native code and back, and what the
 * generated code of each function needs to fill and read it. What stands where is told in
 * `compiler/wire/format.ts`. The loader carries this file into every package.
 */



/** Slots of a new wire. */
const firstSize = 1024;
/** A wire that got larger than this is kept for the next call only until memory is wanted for something else. */
const largestKept = 2 ** 20;
/** So many objects are found by looking at each; more are looked up. */
const fewObjects = 8;
/** Units of a string up to which a loop is faster than a call of `Buffer`. */
const shortText = 24;
/** Units of a string from which it is worth to look at it first, to take no more memory than it needs. */
const longText = 2 ** 16;
/** Thrown for a value that doesn't fit its type; the function's wrapper makes an error with a path of it. */
class Refused {
    value;
    /** The type that it doesn't fit, or, where it is one object of two types, both. */
    types;
    constructor(value, types) {
        this.value = value;
        this.types = types;
    }
}
/** What a function of a module with hints gives for arguments that aren't what those say: JavaScript runs for them. */
const refused = Symbol('refused');
/** Up to so many elements of an array are copied at once. */
const mostCopied = 2 ** 14;
/**
 * What arrays are copied from: V8 grows an array to which elements are added by copying it again and again, and one
 * made with its length counts as one with holes. The first never holds anything but integers, the second doubles.
 */
const [integers, doubles] = [[0], [0.5]];
const { slice } = Array.prototype;
/** Ends the encoding of arguments. */
function refuse(value, type) {
    throw new Refused(value, [type]);
}
/** The memory of one call. */
class Wire {
    /** In slots. */
    size = 0;
    /** The slot that is read or written next. */
    p = 0;
    view;
    bytes;
    i8;
    u8;
    i16;
    u16;
    i32;
    u32;
    f32;
    f64;
    i64;
    u64;
    /** The objects that have numbers, by the type's number. */
    own = [];
    /** By the type's number, the number of the next object that the queue of the answer fills. */
    filled = [];
    /** The typed arrays inside of objects, by their numbers. Native code adds those that it gives back. */
    views = [];
    viewNumbers;
    /** The objects that are found again, with their types and numbers. */
    objects = [];
    types = [];
    numbers = [];
    indices;
    /** The next one that is free. */
    next;
    /** What holds a large one that is free. */
    reference;
    constructor() {
        this.resize(firstSize);
    }
    /** Makes room for more slots behind `p`. */
    grow(slots) {
        this.resize(Math.max(this.size * 2, this.p + slots));
    }
    resize(size) {
        const old = this.u8;
        this.use(new ArrayBuffer(size * 8));
        if (old)
            this.u8.set(old);
    }
    use(buffer) {
        this.size = buffer.byteLength / 8;
        this.view = new DataView(buffer);
        this.bytes = Buffer.from(buffer);
        this.i8 = new Int8Array(buffer);
        this.u8 = new Uint8Array(buffer);
        this.i16 = new Int16Array(buffer);
        this.u16 = new Uint16Array(buffer);
        this.i32 = new Int32Array(buffer);
        this.u32 = new Uint32Array(buffer);
        this.f32 = new Float32Array(buffer);
        this.f64 = new Float64Array(buffer);
        this.i64 = new BigInt64Array(buffer);
        this.u64 = new BigUint64Array(buffer);
    }
    /** Makes it ready for a call whose objects have this many types. */
    start(types) {
        this.p = 2;
        // There is no answer.
        this.f64[0] = 0;
        while (this.own.length < types)
            this.own.push([]);
    }
    /** Ends the arguments. @param slots of an answer whose size is known */
    ask(types, slots) {
        if (this.p + slots > this.size)
            this.grow(slots);
        this.f64[0] = 0;
        this.f64[1] = this.p;
        for (let type = 0; type < types; type++)
            this.filled[type] = this.own[type].length; // `start` made them
    }
    /** Gets what is left of an answer that doesn't fit. */
    complete(rest) {
        const slots = this.f64[0]; // there are always slots
        if (slots <= this.size)
            return;
        this.resize(slots);
        rest(this.view);
    }
    /** Takes the memory of an answer that didn't fit, which is the last of the views. */
    adopt() {
        if (this.f64[0] > this.size)
            this.use(this.views.at(-1).buffer); // there are always slots
    }
    /** Whether a call with typed arrays inside of objects that threw has told what it changed. */
    hasAnswer() {
        if (this.f64[0] === 0)
            return false;
        this.p = this.f64[1]; // there are always slots
        this.adopt();
        return true;
    }
    /** The number of a typed array, which gets one where it has none. */
    viewNumber(view) {
        const { views } = this;
        if (views.length >= fewObjects && !this.viewNumbers)
            this.viewNumbers = new Map(views.map((known, number) => [known, number]));
        const number = this.viewNumbers ? this.viewNumbers.get(view) : views.indexOf(view);
        if (number !== undefined && number >= 0)
            return number;
        this.viewNumbers?.set(view, views.length);
        return views.push(view) - 1;
    }
    /** Whether a call that threw has taken over its arguments, so that it may have changed them. Then the answer is there. */
    tellsChanges(rest) {
        if (this.f64[0] !== 1)
            return false;
        this.p = this.f64[1]; // there are always slots
        rest(this.view);
        this.complete(rest);
        return true;
    }
    put(value) {
        if (this.p >= this.size)
            this.grow(1);
        this.f64[this.p++] = value;
    }
    /** The number of an object of a type that came up before, else −1. */
    find(object, type, names) {
        const { objects, indices } = this;
        let index;
        if (indices) {
            index = indices.get(object);
            if (index === undefined)
                return -1;
        }
        else {
            index = objects.indexOf(object);
            if (index < 0)
                return -1;
        }
        const known = this.types[index]; // as long as `objects`
        if (known !== type)
            throw new Refused(object, [names[known] ?? '', names[type] ?? '']);
        return this.numbers[index]; // as long as `objects`
    }
    /** Gives an object that was not found its number. */
    add(object, type) {
        const number = this.own[type].push(object) - 1; // `start` made them
        const index = this.objects.push(object) - 1;
        this.types.push(type);
        this.numbers.push(number);
        if (this.indices)
            this.indices.set(object, index);
        else if (index >= fewObjects)
            this.indices = new Map(this.objects.map((known, place) => [known, place]));
        return number;
    }
    /** Writes a string. */
    text(text) {
        if (typeof text !== 'string')
            refuse(text, 'str');
        const { length } = text;
        const isAscii = length >= longText && Buffer.byteLength(text) === length;
        // Room for two bytes a unit, and for the few by which UTF-8 shows that it needs more than one.
        const slots = 2 + (((isAscii ? length : length * 2) + 7) >>> 3);
        if (this.p + slots > this.size)
            this.grow(slots);
        const start = (this.p + 1) * 8;
        // What stands behind the units is always the same.
        this.f64[this.p + ((length + 7) >>> 3)] = 0;
        if (isAscii) {
            this.bytes.write(text, start, length, 'latin1');
            this.f64[this.p] = length * 2;
            this.p += 1 + ((length + 7) >>> 3);
            return;
        }
        this.f64[this.p + ((length * 2 + 7) >>> 3)] = 0;
        if (length > shortText) {
            // As long as the text only where all its units are ASCII.
            if (this.bytes.write(text, start, length + 4, 'utf8') === length) {
                this.f64[this.p] = length * 2;
                this.p += 1 + ((length + 7) >>> 3);
                return;
            }
            this.bytes.write(text, start, length * 2, 'utf16le');
        }
        else {
            const { u8 } = this;
            let index = 0;
            for (; index < length; index++) {
                const unit = text.charCodeAt(index);
                if (unit > 255)
                    break;
                u8[start + index] = unit;
            }
            if (index === length) {
                this.f64[this.p] = length * 2;
                this.p += 1 + ((length + 7) >>> 3);
                return;
            }
            const { u16 } = this;
            for (index = 0; index < length; index++)
                u16[start / 2 + index] = text.charCodeAt(index);
        }
        this.f64[this.p] = length * 2 + 1;
        this.p += 1 + ((length * 2 + 7) >>> 3);
    }
    /** Reads a string whose header was read. */
    textOf(header) {
        const length = Math.floor(header / 2);
        const wide = header % 2 === 1;
        const start = this.p * 8;
        this.p += ((wide ? length * 2 : length) + 7) >>> 3;
        if (length <= shortText / 2) {
            let text = '';
            if (wide)
                for (let index = 0; index < length; index++)
                    text += String.fromCharCode(this.u16[start / 2 + index]); // inside
            else
                for (let index = 0; index < length; index++)
                    text += String.fromCharCode(this.u8[start + index]); // inside
            return text;
        }
        return wide
            ? this.bytes.toString('utf16le', start, start + length * 2)
            : this.bytes.toString('latin1', start, start + length);
    }
    /** Forgets the objects of the call. */
    clear(types) {
        for (let type = 0; type < types; type++)
            this.own[type].length = 0; // `start` made them
        this.objects.length = 0;
        this.types.length = 0;
        this.numbers.length = 0;
        this.indices = undefined;
        this.views.length = 0;
        this.viewNumbers = undefined;
    }
}
/** Reads an array of so many integers. */
function integersOf(w, length) {
    const start = w.p * 2;
    w.p += Math.ceil(length / 2);
    return arrayOf(w.i32, start, length, integers);
}
/** Reads an array of numbers whose header was read. */
function numbersOf(w, header) {
    const areInts = header % 2;
    const length = (header - areInts) / 2;
    if (areInts === 1)
        return integersOf(w, length);
    const start = w.p;
    w.p += length;
    return arrayOf(w.f64, start, length, doubles);
}
/** A new array of elements. @param source what it may be copied from, once they are in it */
function arrayOf(from, start, length, source) {
    switch (length) {
        case 0:
            return [];
        case 1:
            return [from[start]]; // inside, as all that follow
        case 2:
            return [from[start], from[start + 1]];
        case 3:
            return [from[start], from[start + 1], from[start + 2]];
    }
    const copied = length < mostCopied ? length : mostCopied;
    while (source.length < copied)
        source.push(source[0]); // never empty
    let index = 0;
    // Four a round: V8 doesn't do that itself, and there is more to each round than to an element.
    for (; index < copied - 3; index += 4) {
        const at = start + index;
        source[index] = from[at];
        source[index + 1] = from[at + 1];
        source[index + 2] = from[at + 2];
        source[index + 3] = from[at + 3];
    }
    for (; index < copied; index++)
        source[index] = from[start + index];
    const made = slice.call(source, 0, copied);
    for (; index < length; index++)
        made.push(from[start + index]);
    return made;
}
/** The wires that no call uses: getters that run while one is filled may call native code. */
let free;
/** A large one of them. */
let large;
function takeWire(types) {
    let wire = large?.deref();
    large = undefined;
    if (!wire) {
        wire = free ?? new Wire();
        free = wire.next;
    }
    wire.start(types);
    return wire;
}
function giveWire(wire, types) {
    if (types > 0 || wire.views.length > 0)
        wire.clear(types);
    if (wire.size > largestKept) {
        large = wire.reference ??= new WeakRef(wire);
        return;
    }
    wire.next = free;
    free = wire;
}
/**
 * Throws where the arguments of a running call aren't any more what they were when it began: native code has copies.
 * @param end the slot behind them on its wire
 * @param send writes them to another wire
 */
function lookAgain(name, wire, end, types, send) {
    const again = takeWire(types);
    try {
        send(again);
        if (again.p === end && sameWords(wire, again, end) && sameObjects(wire, again, types))
            return;
    }
    catch (error) {
        if (!(error instanceof Refused))
            throw error;
    }
    finally {
        giveWire(again, types);
    }
    throw new TypeError(`${name}: a callback has changed an argument of which native code has a copy`);
}
/** Ends a call that changes objects of which JavaScript, which was called meanwhile, would see the old state. */
function calledMeanwhile(name) {
    throw new TypeError(`${name} changes arguments, and has called a function of JavaScript meanwhile`);
}
function sameWords(a, b, end) {
    for (let word = 4; word < end * 2; word++)
        if (a.u32[word] !== b.u32[word])
            return false;
    return true;
}
function sameObjects(a, b, types) {
    for (let type = 0; type < types; type++)
        if (a.own[type].some((object, number) => object !== b.own[type][number]))
            return false; // `start` made them
    return b.views.every((view, number) => view === a.views[number]);
}
/** Whether a value is an array whose methods are the language's own. */
function isPlainArray(value) {
    if (!Array.isArray(value))
        return false;
    const prototype = Object.getPrototypeOf(value);
    // Only the prototypes of the language, in any realm, are arrays themselves.
    return prototype === Array.prototype || Array.isArray(prototype);
}
const { get: tagOf } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
/** Whether a value is a typed array or DataView of a class, or of one that extends it. */
function isViewOf(value, name) {
    const tag = tagOf.call(value);
    if (name === 'DataView')
        return tag === undefined && ArrayBuffer.isView(value);
    return tag === (name === 'Buffer' ? 'Uint8Array' : name);
}
/** Whether native code can use a value as a view of a class. @param exact takes none of a class that extends it */
function isUsableView(value, name, exact) {
    if (!isViewOf(value, name))
        return false;
    // One whose memory is gone has the length 0.
    const isSure = !exact && tagOf.call(value) === name && value.length > 0;
    const receiver = { name: '', type: '', class: name, exact };
    return isSure || viewProblem('', receiver, value) === undefined;
}
/** Whether an object's class extends nothing, so that its methods are the language's own. */
const isBasic = (object) => {
    const prototype = Object.getPrototypeOf(object);
    return (typeof prototype === 'object' &&
        prototype !== null &&
        Object.getPrototypeOf(Object.getPrototypeOf(prototype)) === null);
};
/** Gets the size of a map or set, or throws for anything else, whatever it looks like. */
const [sizeOfMap, sizeOfSet] = [Map.prototype, Set.prototype].map((prototype) => Object.getOwnPropertyDescriptor(prototype, 'size')?.get);
function has(get, value) {
    if (typeof value !== 'object' || value === null)
        return false;
    try {
        get?.call(value);
        return true;
    }
    catch {
        return false;
    }
}
/** Whether a value is a Map whose methods are the language's own. */
const isPlainMap = (value) => has(sizeOfMap, value) && isBasic(value);
/** Whether a value is a Set whose methods are the language's own. */
const isPlainSet = (value) => has(sizeOfSet, value) && isBasic(value);
/** The entries of a map, whatever properties of its own hide its methods. */
const mapEntries = (map) => Map.prototype.entries.call(map);
/** The values of a set, whatever properties of its own hide its methods. */
const setValues = (set) => Set.prototype.values.call(set);
/** How many of the first keys of a map or set are these in this order. */
function commonKeys(own, keys) {
    let count = 0;
    for (const key of own) {
        if (count === keys.length || !Object.is(key, keys[count]))
            break;
        count++;
    }
    return count;
}
/** Makes a map have these entries in this order; what it has already isn't set again. */
function updateMap(map, keys, values) {
    if (commonKeys(map.keys(), keys) < map.size)
        map.clear();
    keys.forEach((key, index) => {
        if (!map.has(key) || !Object.is(map.get(key), values[index]))
            map.set(key, values[index]);
    });
}
/** Makes a set have these values in this order. */
function updateSet(set, values) {
    if (commonKeys(set.values(), values) < set.size)
        set.clear();
    for (const value of values)
        if (!set.has(value))
            set.add(value);
}
/** What stands for a property that an object doesn't have. */
const missing = Symbol('missing');
/**
 * Whether an object has these properties as its own in this order and no others, as its type has to have whose
 * properties native code copies.
 * @param optional which of them may be missing
 */
function hasMembers(object, names, optional) {
    const keys = Object.keys(object);
    let at = 0;
    for (let index = 0; index < names.length; index++) {
        if (keys[at] === names[index])
            at++;
        else if (!optional[index])
            return false;
    }
    return at === keys.length && Object.getOwnPropertySymbols(object).length === 0;
}
/** @param type the source's name */
function reordered(type) {
    throw new TypeError(`properties were added to an object of ${type} in another order than the type has them, which native code can't tell JavaScript`);
}
function refuseChange() {
    throw new TypeError('Cannot change a copy of what a native object has');
}
/** Freezes a new object with all that it is made of; instances in it are as they were. */
function frozen(value) {
    if (typeof value !== 'object' || value === null)
        return value;
    if (value instanceof Map || value instanceof Set) {
        const changing = value instanceof Map ? ['set', 'delete', 'clear'] : ['add', 'delete', 'clear'];
        for (const method of changing)
            Object.defineProperty(value, method, { value: refuseChange, enumerable: false });
        for (const [key, held] of value.entries())
            [key, held].forEach(frozen);
        Object.freeze(value);
        return value;
    }
    if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
        return value;
    // An object that holds itself is frozen already when it comes up again.
    if (Object.isFrozen(value))
        return value;
    Object.freeze(value);
    for (const held of Object.values(value))
        frozen(held);
    return value;
}

/** Gives back what it is called with, so that a class that extends it adds private fields to any object. */
class Given {
    constructor(object) {
        return object;
    }
}
/** What makes an object a wrapper, which nothing else can see or imitate. */
class Mark extends Given {
    #handle;
    #kind;
    constructor(object, handle, kind) {
        super(object);
        this.#handle = handle;
        this.#kind = kind;
    }
    /** The handle of a wrapper of an instance of one of these classes; −1 for anything else. */
    static handleOf(object, kinds) {
        return #handle in object && kinds.includes(object.#kind) ? object.#handle : -1;
    }
}
/** A reference to a wrapper that doesn't keep it, with the handle that is free when the wrapper is gone. */
class Held extends WeakRef {
    handle;
    constructor(object, handle) {
        super(object);
        this.handle = handle;
    }
}
class Instances {
    classes;
    /** By kind. */
    prototypes = [];
    /** By kind, what each wrapper gets as properties of its own. */
    properties = [];
    functions;
    native;
    /** By handle. */
    wrappers = [];
    gone = new FinalizationRegistry((held) => {
        // A later wrapper of the same instance may have taken its place.
        if (this.wrappers[held.handle] !== held)
            return;
        this.wrappers[held.handle] = undefined;
        this.native.release(held.handle);
    });
    /** @param functions those that read and write fields, by their ids */
    constructor(classes, functions, native) {
        this.classes = classes;
        this.functions = functions;
        this.native = native;
    }
    /** Makes a class known whose instances wrappers are. */
    define(kind, prototype) {
        this.prototypes[kind] = prototype;
    }
    /** The handle of a wrapper of an instance of one of these kinds; −1 for any other value. */
    handleOf(value, kinds) {
        return typeof value === 'object' && value !== null ? Mark.handleOf(value, kinds) : -1;
    }
    /** The wrapper of the instance of a handle, which is of one of these kinds. @throws ReferenceError before its class is there */
    wrapperOf(handle, kinds) {
        const known = this.wrappers[handle]?.deref();
        if (known !== undefined)
            return known;
        const [only] = kinds;
        const kind = kinds.length === 1 && only !== undefined ? only : this.native.kind(handle);
        const prototype = this.prototypes[kind];
        if (prototype === undefined)
            throw new ReferenceError(`Cannot access '${this.classes[kind]?.name}' before initialization`);
        const made = Object.create(prototype, this.propertiesOf(kind));
        new Mark(made, handle, kind);
        const held = new Held(made, handle);
        this.wrappers[handle] = held;
        this.gone.register(made, held);
        return made;
    }
    /** Accessors for the fields of a class, in the order in which JavaScript's objects have them. */
    propertiesOf(kind) {
        const known = this.properties[kind];
        if (known)
            return known;
        const { base, fields = [] } = this.classes[kind] ?? {};
        const made = base === undefined ? {} : { ...this.propertiesOf(base) };
        for (const { name, get, set } of fields) {
            const read = this.functions[get];
            const write = this.functions[set ?? ''];
            if (read)
                Object.defineProperty(made, name, {
                    enumerable: true,
                    value: {
                        enumerable: true,
                        get() {
                            return read(this);
                        },
                        ...(write && {
                            set(value) {
                                write(this, value);
                            },
                        }),
                    },
                });
        }
        this.properties[kind] = made;
        return made;
    }
}

/**
 * Errors for arguments with objects that don't fit their types, with the path to what is wrong. The functions
 * that write arguments to the wire stop at the first value that doesn't fit; where that is, is found here.
 */



/**
 * @param params what it takes, with the shapes of their types
 */
function refusalError(fn, params, known, args, { value, types }) {
    const { name } = fn;
    const { shapes } = known;
    const [one = '', other] = types;
    if (other !== undefined)
        return new TypeError(`${name}: one object was passed as ${nameOfType(one, shapes)} and as ${nameOfType(other, shapes)}, which native code can't change as one`);
    const seen = new Set();
    for (const [index, param] of params.entries()) {
        const problem = find(fn, param.name, param, args[index], known, seen);
        if (problem)
            return problem;
    }
    // A getter gave something else this time.
    return receptionError(`${name}: a member`, receiver('', { type: one }, shapes), value);
}
/** The error for the first value that doesn't fit, of those that a value leads to. */
function find(fn, path, place, value, known, seen) {
    const { shapes, instances } = known;
    if (value === undefined && place.undefined)
        return undefined;
    if (value === null && place.null)
        return undefined;
    const title = titleOf(fn, path);
    const expected = receiver(path, place, shapes);
    const shape = shapes[place.type];
    if (shape === undefined)
        return fits(place.type, value) ? undefined : receptionError(title, expected, value);
    if (shape.callable)
        return typeof value === 'function' ? undefined : receptionError(title, expected, value);
    if (shape.kinds)
        return instances.handleOf(value, shape.kinds) >= 0
            ? undefined
            : describe(value) === shape.name
                ? new TypeError(`${title} expected ${shape.name}, got an object that only looks like one`)
                : receptionError(title, expected, value);
    if (shape.view) {
        const exact = fn.wire?.exact?.includes(place.type) === true;
        return isViewOf(value, shape.name)
            ? viewProblem(title, { ...expected, exact }, value)
            : receptionError(title, expected, value);
    }
    if (shape.array && !isNdArray(value))
        return receptionError(title, expected, value);
    const isArray = shape.elements !== undefined || shape.tuple === true;
    if (typeof value !== 'object' || value === null || (isArray && !Array.isArray(value)))
        return receptionError(title, expected, value);
    if (shape.discriminant) {
        const { member, cases } = shape.discriminant;
        const told = value[member];
        const found = cases.find(({ literals }) => literals.some((literal) => literal === told));
        if (found)
            return find(fn, path, { type: found.type }, value, known, seen);
        const wanted = cases.flatMap(({ literals }) => literals.map((literal) => JSON.stringify(literal)));
        const got = typeof told === 'string' ? JSON.stringify(told) : describe(told);
        return new TypeError(`${titleOf(fn, pathTo(path, member))} expected ${wanted.join(' or ')}, got ${got}`);
    }
    if (isArray && !isPlainArray(value))
        return new TypeError(`${title} expected ${shape.name} itself, got a subclass of Array, whose methods may differ`);
    if (seen.has(value))
        return undefined;
    seen.add(value);
    if (shape.entries) {
        const { key, value: held } = shape.entries;
        const isKind = held ? isPlainMap(value) : isPlainSet(value);
        if (!isKind)
            return value instanceof (held ? Map : Set)
                ? new TypeError(`${title} expected ${shape.name} itself, got a subclass, whose methods may differ`)
                : receptionError(title, expected, value);
        for (const entry of value) {
            const [own, inside] = (held ? entry : [entry]);
            const problem = find(fn, held ? `${path}.keys()` : `${path}.values()`, key, own, known, seen) ??
                (held && find(fn, `${path}.get(${shown(own)})`, held, inside, known, seen));
            if (problem)
                return problem;
        }
        return undefined;
    }
    if (shape.tuple && value.length !== shape.members?.length)
        return new TypeError(`${title} expected ${shape.name}, got an array of length ${value.length}`);
    if (shape.spread && !hasMembers(value, ...membersOf(shape))) {
        const names = shape.members?.map(({ name: member }) => member).join(', ');
        return new TypeError(`${title} expected ${shape.name} with the properties ${names} in this order and no others, which native code copies`);
    }
    if (shape.elements) {
        const array = value;
        for (let index = 0; index < array.length; index++) {
            const inner = `${path}[${index}]`;
            const element = array[index];
            if (element === undefined && !(index in array))
                return new TypeError(`${titleOf(fn, inner)} expected ${nameOf(shape.elements, shapes)}, got a hole`);
            const problem = find(fn, inner, shape.elements, element, known, seen);
            if (problem)
                return problem;
        }
    }
    for (const member of shape.members ?? []) {
        const inner = shape.tuple ? `${path}[${member.name}]` : pathTo(path, member.name);
        const held = value[member.name];
        const problem = find(fn, inner, member, held, known, seen);
        if (problem)
            return problem;
    }
    if (shape.array && !fieldsOf(value))
        return new TypeError(`${title} is an ${shape.name} whose shape leads out of its data`);
    return undefined;
}
const membersOf = ({ members = [] }) => [
    members.map(({ name }) => name),
    members.map(({ optional }) => optional === true),
];
const pathTo = (path, member) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member)
    ? `${path}.${member}`
    : `${path}[${JSON.stringify(member)}]`;
/** A key in the path to what is wrong. */
const shown = (key) => {
    if (typeof key === 'string')
        return JSON.stringify(key);
    return typeof key === 'object' || typeof key === 'symbol' ? '…' : String(key);
};
const receiver = (name, place, shapes) => {
    const shape = shapes[place.type];
    return { name, ...place, ...(shape && { class: shape.name }) };
};
/** Whether a value is one of a type without a shape. */
function fits(type, value) {
    switch (type) {
        case 'str':
            return typeof value === 'string';
        case 'bool':
            return typeof value === 'boolean';
        case 'f64':
            return typeof value === 'number';
        case 'f32':
            return typeof value === 'number' && Object.is(Math.fround(value), value);
        case 'i64':
            return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
        case 'u64':
            return typeof value === 'bigint' && BigInt.asUintN(64, value) === value;
        default: {
            // Typed arrays are looked at by native code; they have no shape and are no numbers.
            const integer = /^([iu])(8|16|32)$/.exec(type);
            if (!integer)
                return true;
            const width = Number(integer[2]);
            const [min, max] = integer[1] === 'i' ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
            return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
        }
    }
}
/** A type as messages show it. */
function nameOf(place, shapes) {
    const absent = [place.undefined && 'undefined', place.null && 'null'];
    const own = nameOfType(place.type, shapes);
    return [own, ...absent.filter((name) => typeof name === 'string')].join(' or ');
}
function nameOfType(type, shapes) {
    const known = { f64: 'number', bool: 'boolean', str: 'string' }[type];
    return known ?? shapes[type]?.name ?? type;
}

/** Has an error's stack start at the caller of a function, where the engine can do that. */
function startStackAt(error, fn) {
    Error.captureStackTrace?.(error, fn);
}

/** Functions with objects and instances, made of the binary's functions and the scripts that the compiler wrote for them. */




/** The ids of the binary's functions about instances (`compiler/wire/instances.ts`). */
const instanceIds = {
    kind: 'wire.instance.kind',
    release: 'wire.instance.release',
};
/**
 * Puts the functions that emitted code calls in the place of the binary's.
 * @param functions those of the binary, by id; changed
 * @returns what has the wrappers of instances
 */
function wireFunctions(manifest, scripts, functions) {
    const release = functions[instanceIds.release];
    const instances = new Instances(manifest.classes, functions, {
        kind: functions[instanceIds.kind],
        release(handle) {
            try {
                release(handle);
            }
            catch {
                // WebAssembly that has ended in the middle of a call: there is nothing to release, and nobody to tell.
            }
        },
    });
    const rests = new Map(manifest.functions.map(({ id, restOf }) => [restOf, id]));
    for (const info of manifest.functions) {
        const { id, wire } = info;
        const script = wire && scripts[wire.id];
        // WebAssembly has no async functions.
        if (!wire || !script || !functions[id])
            continue;
        const fail = (error, args) => {
            if (!(error instanceof Refused))
                return error;
            const made = refusalError(info, wire.params, { ...manifest, instances }, args, error);
            // The stack starts at the function that was called.
            startStackAt(made, call);
            return made;
        };
        const rest = functions[rests.get(wire.id) ?? ''];
        const call = script(functions[id], rest, fail, instances);
        functions[wire.id] = info.steady ? Object.assign(call, { refused }) : call;
    }
    return instances;
}

class Constants {
    /** What was handed over, with its length. */
    known = [];
    manifest;
    classes;
    give;
    /**
     * @param classes those of views
     * @param give hands the global of an index over to native code
     */
    constructor(manifest, classes, give) {
        this.manifest = manifest;
        this.classes = Object.fromEntries(classes.map((one) => [one.name, one]));
        this.give = give;
    }
    /** @see NativeModule.bind */
    bind(id, value) {
        const { functions, globals } = this.manifest;
        const index = globals.findIndex((one) => one.id === id);
        const info = globals[index];
        const given = info?.array ? this.packed(value, info) : value;
        try {
            this.give(index, given);
        }
        catch (error) {
            // Where functions ask first, what isn't as it should be is not there.
            if (functions.some(({ steady }) => steady))
                return;
            throw error;
        }
        this.known[index] = { value: given, length: lengthOf(given) };
    }
    /** Gives the functions by id what emitted code asks them. @returns the frames by their ids */
    prepare(functions) {
        const frames = new Map();
        this.manifest.globals.forEach(({ id, frame }, index) => {
            if (frame === undefined)
                return;
            const made = new Float64Array(frame);
            this.give(index, made);
            frames.set(id, made);
        });
        for (const { id, wire, steady } of this.manifest.functions) {
            const called = wire?.id ?? id;
            const fn = functions[called];
            if (!fn || !steady)
                continue;
            const frame = frames.get(`${called}.frame`);
            if (frame)
                fn.frame = frame;
            fn.fresh = this.freshness(steady);
        }
        return frames;
    }
    /** What is asked before each call. */
    freshness([first, ...others]) {
        if (!first)
            return () => true;
        if (others.length === 0)
            return () => this.isFresh(first);
        return () => this.isFresh(first) && others.every((one) => this.isFresh(one));
    }
    /** A typed array that was detached has the length 0, and one whose buffer was resized another one. */
    isFresh({ index, exact }) {
        const known = this.known[index];
        if (known === undefined || lengthOf(known.value) !== known.length)
            return false;
        const Class = this.classes[this.manifest.globals[index]?.class ?? ''];
        return exact !== true || Object.getPrototypeOf(known.value) === Class?.prototype;
    }
    /** The typed array of an array's numbers; the value itself where it holds something else. */
    packed(value, info) {
        const Class = this.classes[info.class ?? ''];
        if (!Array.isArray(value) || !Class)
            return value;
        const isNumber = typeof value[0] === 'bigint' ? 'bigint' : 'number';
        if (value.some((one) => typeof one !== isNumber) || value.includes(undefined))
            return value;
        try {
            const made = Class.from(value);
            return value.every((one, index) => Object.is(one, made[index])) ? made : value;
        }
        catch {
            return value;
        }
    }
}
const lengthOf = (value) => ArrayBuffer.isView(value) ? (value.length ?? 0) : 0;

class HandedFunctions {
    known = new WeakMap();
    classes;
    /** @param classes those of views */
    constructor(classes) {
        this.classes = Object.fromEntries(classes.map((one) => [one.name, one]));
    }
    /** @see NativeModule.known */
    note(id, fn, get, set) {
        this.known.set(fn, { id, get, set });
        return fn;
    }
    /**
     * Puts functions that take what the source's take in the place of the binary's.
     * @param frames by the ids of globals
     */
    prepare({ functions: infos }, functions, frames) {
        for (const { id, wire, handed } of infos) {
            const native = functions[wire?.id ?? id];
            if (!handed || !native)
                continue;
            const call = (...args) => this.call(native, handed, frames, args);
            const knows = (...args) => this.find(handed, args) !== undefined;
            functions[handed.callee] = Object.assign(call, { knows });
        }
    }
    call(native, plan, frames, args) {
        const found = this.find(plan, args);
        if (!found)
            throw new TypeError('a function that native code does not know');
        const given = [];
        args.forEach((argument, index) => {
            const at = plan.params.findIndex((param) => param.index === index);
            const [param, handed] = [plan.params[at], found[at]];
            if (!param || !handed)
                return given.push(argument);
            const { candidate, values, which } = handed;
            const slots = Array.from({ length: param.slots });
            const count = candidate.numbers.length;
            candidate.views.forEach(({ slot }, view) => (slots[slot] = values[count + view]));
            const frame = frames.get(param.frame ?? '');
            for (let i = 0; frame && i < count; i++)
                frame[i] = Number(values[i]);
            return given.push(which, ...slots);
        });
        try {
            return native(...given);
        }
        finally {
            plan.params.forEach((param, at) => {
                const handed = found[at];
                const frame = frames.get(param.frame ?? '');
                if (!frame || !handed?.known.set)
                    return;
                const values = handed.candidate.numbers.flatMap(({ type, isWritten }, index) => isWritten ? [type === 'bool' ? frame[index] !== 0 : frame[index]] : []);
                handed.known.set(values);
            });
        }
    }
    /** What is handed over for the functions among the arguments; undefined where JavaScript has to do. */
    find({ params }, args) {
        const found = [];
        for (const { index, candidates } of params) {
            const argument = args[index];
            const known = typeof argument === 'function' ? this.known.get(argument) : undefined;
            const which = candidates.findIndex(({ id }) => id === known?.id);
            const candidate = candidates[which];
            if (!known || !candidate)
                return undefined;
            const values = valuesOf(known);
            if (!this.areFit(candidate, values))
                return undefined;
            // Two functions may share a variable, and native code would have two of it.
            if (found.some((other) => mayShare(other.candidate, candidate)))
                return undefined;
            found.push({ known, which, candidate, values });
        }
        return found;
    }
    areFit({ numbers, views }, values) {
        const areNumbers = numbers.every(({ type }, index) => isOfType(values[index], type));
        return (areNumbers &&
            views.every(({ class: name }, index) => {
                const Class = this.classes[name];
                const value = values[numbers.length + index];
                const isPlain = name !== 'Uint8Array' || !(value instanceof Buffer);
                return Class !== undefined && value instanceof Class && isPlain;
            }));
    }
}
/** The values around a function; none while some of the variables don't exist yet. */
function valuesOf({ get }) {
    try {
        return get();
    }
    catch {
        return [];
    }
}
const mayShare = (one, other) => one.numbers.some(({ name, isWritten }) => other.numbers.some((number) => number.name === name && (isWritten || number.isWritten)));
function isOfType(value, type) {
    if (type === 'bool')
        return typeof value === 'boolean';
    if (typeof value !== 'number')
        return false;
    if (type === 'f64')
        return true;
    if (type === 'f32')
        return Object.is(Math.fround(value), value);
    const bits = Number(type.slice(1));
    const least = type.startsWith('u') ? 0 : -(2 ** (bits - 1));
    return (Number.isInteger(value) && !Object.is(value, -0) && value >= least && value < least + 2 ** bits);
}

/** Milliseconds from one report to the next. */
const reportPause = 50;
/** What waits for signals; each has one listener, as there may be many calls with it. */
const waiting = new WeakMap();
/** Runs something when a signal is aborted. @returns what forgets it */
function whenAborted(signal, run) {
    const runs = waiting.get(signal)?.runs ?? new Set();
    const listen = waiting.get(signal)?.listen ?? (() => [...runs].forEach((waits) => waits()));
    if (runs.size === 0) {
        waiting.set(signal, { runs, listen });
        signal.addEventListener('abort', listen);
    }
    runs.add(run);
    return () => {
        runs.delete(run);
        if (runs.size === 0)
            signal.removeEventListener('abort', listen);
    };
}
/** The argument of such a parameter; undefined where it may be missing, and is. */
function followerOf(args, info, isFollower, what, title) {
    const value = info && args[info.index];
    if (!info || (value === undefined && info.optional))
        return undefined;
    if (isFollower(value))
        return value;
    const but = info.optional ? ' or undefined' : '';
    throw new TypeError(`${title}: parameter '${info.name}' must be ${what}${but}`);
}
const isAbortSignal = (value) => value instanceof AbortSignal;
const isFunction = (value) => typeof value === 'function';
/**
 * The number that native code writes how far it is, and the function that tells another one of it. Nobody is told
 * of NaN, which is there at first.
 */
class Report {
    place;
    tell;
    told = NaN;
    constructor(tell) {
        this.tell = tell;
        // Where there is no element, native code sees that nobody wants to know.
        this.place = new Float64Array(new SharedArrayBuffer(tell ? 8 : 0)).fill(NaN);
    }
    /** Tells what is new. @throws what the function throws */
    now() {
        const [done = NaN] = this.place;
        if (Number.isNaN(done) || Object.is(done, this.told))
            return;
        this.told = done;
        this.tell?.(done);
    }
}
/**
 * The function that JavaScript calls for one with a signal, or with a function that is told of its progress. It rejects
 * with the signal's reason as soon as that is aborted, and with what that function throws; native code ends soon then,
 * and what it would have written is dropped, as far as JavaScript has not shared the memory with it.
 * @param title the function's name, for errors
 */
function followed(call, title, { signal, progress }, calls) {
    const first = Math.min(signal?.index ?? Infinity, progress?.index ?? Infinity);
    return (...args) => {
        if (!progress && signal?.optional && args[signal.index] === undefined)
            return call(...args);
        return new Promise((resolve, reject) => {
            const aborts = followerOf(args, signal, isAbortSignal, 'an AbortSignal', title);
            const report = new Report(followerOf(args, progress, isFunction, 'a function', title));
            aborts?.throwIfAborted();
            const own = Array.from({ length: first }, (_, index) => args[index]);
            const before = calls.begun();
            const running = call(...[...own, ...(progress ? [report.place] : [])]);
            const number = calls.begun();
            let isOver = false;
            const over = () => {
                isOver = true;
                forgetSignal?.();
                if (timer !== undefined)
                    clearInterval(timer);
            };
            const end = (reason) => {
                if (number !== before)
                    calls.end(number);
                over();
                reject(reason);
            };
            const tell = () => {
                try {
                    report.now();
                }
                catch (error) {
                    end(error);
                }
            };
            const timer = report.place.length > 0 ? setInterval(tell, reportPause) : undefined;
            const forgetSignal = aborts && whenAborted(aborts, () => end(aborts.reason));
            const settled = (settle) => {
                if (!isOver)
                    tell();
                if (isOver)
                    return;
                over();
                settle();
            };
            running.then((value) => settled(() => resolve(value)), (error) => settled(() => reject(error)));
        });
    };
}

/** Which of a binary's versions runs on this CPU. */
/** The levels of x86-64 by the names that `--cpu` and `TSNATIVE_CPU` have for them. */
const cpuLevels = { baseline: 2, v1: 1, v2: 2, v3: 3, v4: 4 };
const levelName = (level) => (level === 2 ? 'baseline' : `v${level}`);
/**
 * The version with the highest level that the CPU has, or why there is none.
 * @param cpus those that the binary has code for, the lowest level first
 * @param level the CPU's, where they are levels of x86-64; 1 to 4
 * @param wanted `TSNATIVE_CPU`: the level that is not exceeded
 */
function chooseCpu(cpus, level, wanted) {
    const has = cpus.join(', ');
    const asked = wanted ? `TSNATIVE_CPU=${wanted}` : undefined;
    if (level === undefined) {
        // Made for one CPU, and nobody can tell whether this is it.
        const [cpu = ''] = cpus;
        return asked === undefined || wanted === cpu
            ? { cpu }
            : { reason: `${asked} is set, and its binary is for ${has} alone` };
    }
    const limit = wanted ? cpuLevels[wanted] : level;
    if (limit === undefined)
        return { reason: `${asked} is none of ${Object.keys(cpuLevels).join(', ')}` };
    if (limit > level)
        return { reason: `${asked} asks for more than this CPU has, which is ${levelName(level)}` };
    const cpu = cpus.findLast((name) => (cpuLevels[name] ?? Infinity) <= limit);
    if (cpu !== undefined)
        return { cpu };
    const why = asked === undefined ? `this CPU is ${levelName(level)}` : `${asked} is set`;
    return { reason: `${why}, and its binary is for ${has}` };
}

/**
 * Loads a package's binary and answers what native code asks of JavaScript. The compiler puts
 * this file and what it imports into the emitted glue, so nothing of tsnative is needed at run time.
 */













/**
 * Loads the binary that lies beside the glue or in the package of that platform that `tsnative package` made,
 * no other and only as the build wrote it, or says why it can't in the list that `info()` shows.
 * `TSNATIVE=off` keeps JavaScript in charge.
 * @param scripts what the compiler wrote for the functions with objects or instances, by the functions' ids
 * @throws Error when the binary doesn't load and `TSNATIVE=require`
 */
function load(manifest, host, scripts = {}) {
    const opened = openFirst(manifest, host);
    // Names such as `toString` must not be found where there is no function.
    const functions = Object.create(null);
    const classes = Object.create(null);
    if (!opened.addon) {
        const asked = host.setting('TSNATIVE');
        if (asked === 'require' || asked === 'wasm') {
            const what = asked === 'wasm' ? 'WebAssembly' : 'native code';
            throw new Error(`${manifest.package}: TSNATIVE=${asked} asks for ${what}, but ${opened.reason}${opened.mend ?? '. Build it with: npx tsnative build'}`);
        }
        register(manifest, opened, functions);
        return { functions, classes, bind() { }, known: (_, fn) => fn, live: () => 0 };
    }
    const { addon, cpu = '', cpus = [] } = opened;
    const ending = new Map();
    const errors = new Map();
    addon.$setup(answerer(manifest, ending, errors), ...viewClasses().map(({ prototype }) => prototype));
    addon.$functions(cpus.indexOf(cpu), functions);
    register(manifest, opened, functions);
    const { $pool: limit, $scope: scope } = addon;
    if (limit && scope)
        notePool({ limit, scope });
    const instances = wireFunctions(manifest, scripts, functions);
    for (const { id, wire, name, signal, progress } of manifest.functions) {
        const call = functions[wire?.id ?? id];
        if ((signal || progress) && call)
            functions[wire?.id ?? id] = followed(call, name, { signal, progress }, {
                begun: () => addon.$begun?.() ?? 0,
                end: (number) => addon.$end?.(number),
            });
    }
    manifest.classes.forEach(({ id }, kind) => {
        classes[id] = ({ prototype }) => instances.define(kind, prototype);
    });
    for (const { id } of manifest.errors)
        classes[id] = (made) => void errors.set(id, made);
    const constants = new Constants(manifest, viewClasses(), (index, value) => addon.$bind(index, value));
    const handed = new HandedFunctions(viewClasses());
    handed.prepare(manifest, functions, constants.prepare(functions));
    return {
        functions,
        classes,
        bind(id, value) {
            if (manifest.globals.some((one) => one.id === id))
                constants.bind(id, value);
            else
                ending.set(id, value);
        },
        known: (id, fn, get, set) => handed.note(id, fn, get, set),
        live: () => addon.$live(),
    };
}
function placeOf(manifest, platform, host) {
    const name = binaryName(manifest.binary, platform);
    const beside = host.join(host.directory, name);
    const isApart = platform !== everywhere && manifest.binaries[platform] !== undefined;
    if (host.exists(beside) || !isApart)
        return beside;
    return host.resolve(`${manifest.package}-${platform}/${name}`) ?? beside;
}
/** The binary of this platform, else the WebAssembly, else nothing; warns of what is not as it was built. */
function openFirst(manifest, host) {
    const asked = host.setting('TSNATIVE');
    const file = placeOf(manifest, host.platform, host);
    if (asked === 'off')
        return { file, reason: 'TSNATIVE=off is set' };
    const native = asked === 'wasm' ? { file, reason: 'TSNATIVE=wasm is set' } : openBinary(manifest, file, host);
    const rest = native.addon || asked === 'require' ? undefined : openWasm(manifest, host);
    const opened = rest?.addon || (asked === 'wasm' && rest) ? rest : native;
    const wrong = [native, rest].find((one) => one?.isWrong);
    if (wrong) {
        const instead = opened.wasm ? 'WebAssembly' : 'JavaScript';
        host.warn(`${manifest.package} runs as ${instead}: ${wrong.reason}`);
    }
    return opened.wasm ? { ...opened, reason: native.reason ?? '' } : opened;
}
function openBinary(manifest, file, host) {
    const { platform } = host;
    const wrong = (reason, mend) => ({
        file,
        reason,
        isWrong: true,
        ...(mend !== undefined && { mend }),
    });
    if (manifest.binaries[platform] === undefined) {
        const built = Object.keys(manifest.binaries).join(', ');
        const reason = `it was built for ${built}, and there is no binary for ${platform}`;
        return { file, reason };
    }
    const bytes = readBinary(manifest, file, platform, host);
    if (typeof bytes === 'string')
        return wrong(bytes);
    let exports;
    try {
        exports = host.loadAddon(file);
    }
    catch (error) {
        return wrong(`its binary does not load: ${error instanceof Error ? error.message : error}`);
    }
    // Some systems give what they have loaded before from a file of that name.
    if (exports.$hash !== manifest.hash)
        return wrong(`a binary of another build is loaded from its place (${file})`);
    const addon = exports;
    const cpus = addon.$cpus.split(',');
    const wanted = host.setting('TSNATIVE_CPU');
    const chosen = chooseCpu(cpus, addon.$level, wanted);
    if ('cpu' in chosen)
        return { file, addon, cpus, ...chosen };
    return wrong(chosen.reason, wanted ? '. Without TSNATIVE_CPU the CPU decides' : undefined);
}
/** Whether nothing that JavaScript has refers to what is in native memory, as instances do. */
const startsAgain = ({ classes }) => classes.length === 0;
/** The WebAssembly of the build. */
function openWasm(manifest, host) {
    const file = placeOf(manifest, everywhere, host);
    if (manifest.binaries[everywhere] === undefined || !host.openModule)
        return { file, reason: 'it was built without WebAssembly' };
    const wrong = (reason) => ({ file, reason, isWrong: true });
    const bytes = readBinary(manifest, file, everywhere, host);
    if (typeof bytes === 'string')
        return wrong(bytes);
    try {
        // Safe: this is the module of this build.
        const addon = host.openModule(bytes, startsAgain(manifest));
        if (addon.$hash !== manifest.hash)
            return wrong(`its WebAssembly is of another build (${file})`);
        const [cpu = ''] = addon.$cpus.split(',');
        return { file, addon, cpu, cpus: [cpu], wasm: true };
    }
    catch (error) {
        return wrong(`its WebAssembly does not load: ${error instanceof Error ? error.message : error}`);
    }
}
/** The bytes of a binary, or what is wrong with its file. */
function readBinary(manifest, file, platform, host) {
    const bytes = host.read(file);
    // As after an installation for another platform, or one that left out optional packages.
    if (!bytes)
        return `its binary for ${platform} is not there (${file})`;
    return host.sha256(bytes) === manifest.binaries[platform]
        ? bytes
        : `its binary was changed after it was built, or is of another build (${file})`;
}
/** Adds the package to the process's list, in place of an earlier copy of it. @param made what the binary has, by id */
function register(manifest, opened, made) {
    const { file, addon, cpu, cpus, wasm, reason } = opened;
    const native = addon !== undefined && wasm !== true;
    const modules = nativeModules();
    const earlier = modules.findIndex((module) => module.file === file);
    modules.splice(earlier < 0 ? modules.length : earlier, 1, {
        package: manifest.package,
        file,
        native,
        ...(wasm && { wasm }),
        ...(native && cpu !== undefined && cpus && { cpu, cpus }),
        ...(!native && { reason: reason ?? '' }),
        functions: manifest.functions
            .filter(({ restOf, internal }) => restOf === undefined && !internal)
            .map(({ id, name, file: source, line }) => ({
            name,
            file: source,
            line,
            native: native && made[id] !== undefined,
            // It has no async functions.
            ...(wasm && made[id] !== undefined && { wasm }),
        })),
    });
}
/** The classes of views in the order of native code's `viewKinds`. */
const viewClasses = () => [...Object.values(arrayClasses), Buffer, DataView];
/**
 * Makes the function that native code calls with its requests (see `requests`).
 * @param ending functions of JavaScript that throw, by their ids
 * @param errors the package's classes of errors, by their ids
 */
function answerer(manifest, ending, errors) {
    const subject = (index, parameter) => {
        const fn = manifest.functions[index];
        const constant = manifest.globals[~parameter];
        const own = fn?.params[parameter];
        if (constant)
            return [`${fn ? `${fn.name}: ` : ''}constant '${constant.name}'`, constant];
        if (fn && own)
            return [titleOf(fn, own.name), own];
        throw new Error(`${manifest.package}: its binary and its manifest are of different builds`);
    };
    /** Errors that have their stack. */
    const begun = new WeakSet();
    /** As in JavaScript, the stack is that of an error which has no fields yet. */
    const begin = (error) => {
        startStackAt(error, answer);
        begun.add(error);
    };
    const errorAt = (index, values) => {
        const site = manifest.sites[index];
        if (!site)
            throw new Error(`${manifest.package}: an error from no known place`);
        return site.kind === 'made'
            ? errorOfSite(site, values, ({ errorClass, instance = '' }, properties) => {
                const made = errors.get(instance);
                if (made)
                    return instanceOfClass(errorClass, made, properties, begin);
                const name = manifest.errors.find(({ id }) => id === instance)?.name;
                return new ReferenceError(`Cannot access '${name}' before initialization`);
            })
            : errorOfSite(site, valuesOfSlots(site, values));
    };
    const answers = {
        [requests.refuse](index, parameter, value) {
            throw receptionError(...subject(index, parameter), value);
        },
        [requests.inspect](index, parameter, view) {
            const problem = viewProblem(...subject(index, parameter), view);
            if (problem)
                throw problem;
            return true;
        },
        [requests.unbound](index, parameter) {
            const [, { name }] = subject(index, parameter);
            throw new ReferenceError(`Cannot access '${name}' before initialization`);
        },
        [requests.throw](index, ...values) {
            const site = manifest.sites[index];
            if (site?.kind === 'call') {
                const args = argumentsOf(site, valuesOfSlots(site, values));
                ending.get(site.callee)?.(...args);
            }
            throw errorAt(index, values);
        },
        [requests.message]: (index, ...values) => errorAt(index, values).message,
        [requests.mistaken](index, parameter, type, absent, value) {
            const fn = manifest.functions[index];
            const name = fn?.params[parameter]?.name ?? '';
            const expected = {
                name,
                type,
                ...((absent & 1) !== 0 && { undefined: true }),
                ...((absent & 2) !== 0 && { null: true }),
            };
            throw receptionError(`${fn?.name ?? ''}: result of '${name}'`, expected, value);
        },
        [requests.thrown]: (what, value) => aboutThrown(what, value),
        [requests.instance](index, value) {
            const made = errors.get(manifest.errors[index]?.id ?? '');
            return made !== undefined && value instanceof made;
        },
        [requests.property](name, what, value) {
            const property = propertyOf(value, name);
            return what === 0 ? kindOfProperty(property) : property;
        },
        [requests.view](kind, buffer, offset, length) {
            const Class = viewClasses()[kind] ?? Uint8Array;
            return Class === Buffer
                ? Buffer.from(buffer, Number(offset), Number(length))
                : Reflect.construct(Class, [buffer, Number(offset), Number(length)]);
        },
        [requests.allocate]: (bytes) => new ArrayBuffer(Number(bytes)),
        [requests.scope]: currentHandle,
    };
    /** Typed arrays of the call that runs are neither seen nor changed by these. */
    const quiet = new Set([
        requests.inspect,
        requests.view,
        requests.allocate,
        requests.scope,
    ]);
    function answer(request, ...args) {
        try {
            const respond = answers[request];
            return respond(...args);
        }
        catch (error) {
            // The stack starts at the function that was called, not in here.
            if (error instanceof Error && !begun.has(error))
                startStackAt(error, answer);
            throw error;
        }
    }
    return Object.assign(answer, { quiet });
}


const scripts = {
  "similarity": (native, rest, fail, instances) => {
    const names = [];
    
    return (a0, a1) => {
      const w = takeWire(0);
      try {
        w.text(a0);
        w.text(a1);
        w.ask(0, 1);
        native(w.view);
        const result = w.f64[w.p++];
        return result;
      } catch (error) {
        throw fail(error, [a0, a1]);
      } finally {
        giveWire(w, 0);
      }
    };
  }
};

function orUndefined(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

module.exports = load(manifest, {
  platform: `${process.platform}-${process.arch}`,
  setting: (name) => process.env[name],
  warn: (message) => process.emitWarning(message, 'TsnativeWarning'),
  loadAddon(path) {
    const addon = { exports: {} };
    process.dlopen(addon, path);
    return addon.exports;
  },
  directory: __dirname,
  join: require('node:path').join,
  exists: require('node:fs').existsSync,
  read: (path) => orUndefined(() => require('node:fs').readFileSync(path)),
  resolve: (specifier) => orUndefined(() => require.resolve(specifier)),
  sha256: (bytes) => require('node:crypto').createHash('sha256').update(bytes).digest('hex'),
}, scripts);
