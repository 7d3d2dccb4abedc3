/** @native */
export function globals(x: number): number {
  console.log(x);
  const math = Math;
  const started = Date.now();
  return math.sin(x) + started + process.argv.length + globalThis.Math.PI;
}
// rewritten:
/** @native */
export function globals(x: number, started: number, args: number): number {
  return Math.sin(x) + started + args + Math.PI;
}
