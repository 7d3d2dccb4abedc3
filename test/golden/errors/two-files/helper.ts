export let scale = 1;

export function setScale(value: number): void {
  scale = value;
}

export function helper(x: number): number {
  const parts = [x, x];
  return parts[0]! + deeper(x);
}

function deeper(x: number): number {
  return Date.now() + x;
}
