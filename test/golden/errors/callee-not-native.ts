async function load(index: number): Promise<number> {
  return index * 2;
}

function format(x: number, unit: any): number {
  return x + unit.length;
}

/** @native */
export function run(x: number): number {
  load(x);
  return format(x, 'm');
}
// rewritten:
function format(x: number, unit: Uint8Array): number {
  return x + unit.length;
}

/** @native */
export function run(x: number, unit: Uint8Array): number {
  return format(x, unit);
}
