/**
 * How far an async `@native` function has come: the type of its last parameter, or of the last but its `AbortSignal`.
 * Natively the function behind it is called on its own thread with the number that was told last, at most 20 times a
 * second and once before the promise settles, if there is something new; as plain JavaScript each time.
 */
export type Progress = (done: number) => void;
