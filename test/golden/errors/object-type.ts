/** @native */
export function total(prices: Record<string, number>, at: Date): number {
  return prices['tea']! + at.getTime();
}
// rewritten:
/** @native */
export function total(prices: Map<string, number>, at: number): number {
  return (prices.get('tea') ?? NaN) + at;
}
