/**
 * The wrappers by which JavaScript has the instances of native classes. An instance lives in native memory, and
 * its wrapper knows its *handle* there. A wrapper is found again as long as it lives; when it is gone, native code
 * is told, which then forgets the handle.
 */
import type { ClassInfo } from './manifest.ts';

type AnyFunction = (...args: never[]) => unknown;

/** Gives back what it is called with, so that a class that extends it adds private fields to any object. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/** What makes an object a wrapper, which nothing else can see or imitate. */
class Mark extends Given {
  readonly #handle: number;
  readonly #kind: number;

  constructor(object: object, handle: number, kind: number) {
    super(object);
    this.#handle = handle;
    this.#kind = kind;
  }

  /** The handle of a wrapper of an instance of one of these classes; −1 for anything else. */
  static handleOf(object: object, kinds: readonly number[]): number {
    return #handle in object && kinds.includes(object.#kind) ? object.#handle : -1;
  }
}

/** A reference to a wrapper that doesn't keep it, with the handle that is free when the wrapper is gone. */
class Held extends WeakRef<object> {
  readonly handle: number;
  constructor(object: object, handle: number) {
    super(object);
    this.handle = handle;
  }
}

/** What native code tells of instances. */
export interface InstanceFunctions {
  /** The kind of the instance of a handle. */
  readonly kind: (handle: number) => number;
  /** Forgets a handle. */
  readonly release: (handle: number) => void;
}

export class Instances {
  private readonly classes: readonly ClassInfo[];
  /** By kind. */
  private readonly prototypes: (object | undefined)[] = [];
  /** By kind, what each wrapper gets as properties of its own. */
  private readonly properties: (PropertyDescriptorMap | undefined)[] = [];
  private readonly functions: Readonly<Record<string, AnyFunction | undefined>>;
  private readonly native: InstanceFunctions;
  /** By handle. */
  private readonly wrappers: (Held | undefined)[] = [];
  private readonly gone = new FinalizationRegistry<Held>((held) => {
    // A later wrapper of the same instance may have taken its place.
    if (this.wrappers[held.handle] !== held) return;
    this.wrappers[held.handle] = undefined;
    this.native.release(held.handle);
  });

  /** @param functions those that read and write fields, by their ids */
  constructor(
    classes: readonly ClassInfo[],
    functions: Readonly<Record<string, AnyFunction | undefined>>,
    native: InstanceFunctions,
  ) {
    this.classes = classes;
    this.functions = functions;
    this.native = native;
  }

  /** Makes a class known whose instances wrappers are. */
  define(kind: number, prototype: object): void {
    this.prototypes[kind] = prototype;
  }

  /** The handle of a wrapper of an instance of one of these kinds; −1 for any other value. */
  handleOf(value: unknown, kinds: readonly number[]): number {
    return typeof value === 'object' && value !== null ? Mark.handleOf(value, kinds) : -1;
  }

  /** The wrapper of the instance of a handle, which is of one of these kinds. @throws ReferenceError before its class is there */
  wrapperOf(handle: number, kinds: readonly number[]): object {
    const known = this.wrappers[handle]?.deref();
    if (known !== undefined) return known;
    const [only] = kinds;
    const kind = kinds.length === 1 && only !== undefined ? only : this.native.kind(handle);
    const prototype = this.prototypes[kind];
    if (prototype === undefined)
      throw new ReferenceError(`Cannot access '${this.classes[kind]?.name}' before initialization`);
    const made = Object.create(prototype, this.propertiesOf(kind)) as object;
    new Mark(made, handle, kind);
    const held = new Held(made, handle);
    this.wrappers[handle] = held;
    this.gone.register(made, held);
    return made;
  }

  /** Accessors for the fields of a class, in the order in which JavaScript's objects have them. */
  private propertiesOf(kind: number): PropertyDescriptorMap {
    const known = this.properties[kind];
    if (known) return known;
    const { base, fields = [] } = this.classes[kind] ?? {};
    const made: PropertyDescriptorMap = base === undefined ? {} : { ...this.propertiesOf(base) };
    for (const { name, get, set } of fields) {
      const read = this.functions[get] as ((object: unknown) => unknown) | undefined;
      const write = this.functions[set ?? ''] as
        ((object: unknown, value: unknown) => void) | undefined;
      if (read)
        Object.defineProperty(made, name, {
          enumerable: true,
          value: {
            enumerable: true,
            get(this: unknown) {
              return read(this);
            },
            ...(write && {
              set(this: unknown, value: unknown) {
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
