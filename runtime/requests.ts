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
 * - `reach(kind, view)`: throws where a view's buffer is detached, or has become too small for it; else returns true.
 *   The kind is an index into `viewClasses`.
 * - `scope()`: returns what the addon made for the call of `withThreads` that runs, if there is one.
 */
export const requests = {
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
  reach: 12,
} as const;

export type RequestName = keyof typeof requests;
