/** @native */
export function heads(x: number, values: Float64Array): number {
  if (Math.random() > 0.5) console.log(x);
  for (const c of 'abc') x += c.length + performance.now();
  while ('a' in values) x += Date.now();
  switch (new Date().getTime()) {
    case x:
      x += [1].length;
  }
  return x;
}
