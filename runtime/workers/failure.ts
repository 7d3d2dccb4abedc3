/** How errors come from worker threads and processes as they were thrown. */

export interface Failure {
  readonly error: unknown;
  /** What errors lose between threads. */
  readonly name?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { error: cloneable(error) ? error : String(error) };
  const { name } = error;
  const properties = Object.fromEntries(
    Object.entries(error).filter(([, part]) => cloneable(part)),
  );
  return { error, name, properties };
}

function cloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** The error of a failure as it was thrown, but for its class where that is none of JavaScript's own. */
export function errorOf({ error, name, properties }: Failure): unknown {
  if (!(error instanceof Error)) return error;
  if (name !== undefined && error.name !== name)
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return Object.assign(error, properties);
}
