function fail(message, at) {
  const error = new Error(message);
  error.at = at;
  throw error;
}
export function first(values, label) {
  if (values.length === 0) fail('empty ' + label, 0);
  return values[0];
}
