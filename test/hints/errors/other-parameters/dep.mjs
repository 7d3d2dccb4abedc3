export function weigh(x) {
  let sum = x;
  return sum + 1;
}
export class Scale {
  read(x) {
    return weigh(x);
  }
}
