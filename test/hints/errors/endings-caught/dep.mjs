function fail(code) {
  throw new Error('code ' + code);
}
export function first(values) {
  if (values.length === 0) fail(1);
  return values[0];
}
export function firstOr(values, other) {
  try {
    return first(values);
  } catch {
    return other;
  }
}
