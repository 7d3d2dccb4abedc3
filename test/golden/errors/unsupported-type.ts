type Metres = number & { readonly unit: 'm' };

/** @native */
export function far(distance: Metres, key: symbol): boolean {
  return distance > 1000;
}
// rewritten:
type Metres = number;

/** @native */
export function far(distance: Metres): boolean {
  return distance > 1000;
}
