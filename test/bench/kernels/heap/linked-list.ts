/** A list of cells that is built, reversed, thinned out and summed up. */
import type { f64, i32 } from 'tsnative';

interface Cell {
  value: f64;
  next: Cell | null;
}

function build(n: i32): Cell | null {
  let first: Cell | null = null;
  for (let i = 0; i < n; i++) first = { value: i % 1000, next: first };
  return first;
}

function reverse(list: Cell | null): Cell | null {
  let done: Cell | null = null;
  let rest = list;
  while (rest !== null) {
    const next: Cell | null = rest.next;
    rest.next = done;
    done = rest;
    rest = next;
  }
  return done;
}

/** Takes out each cell whose value can be divided by seven, but for the first one. */
function thinOut(list: Cell): void {
  let cell = list;
  while (cell.next !== null) {
    if (cell.next.value % 7 === 0) cell.next = cell.next.next;
    else cell = cell.next;
  }
}

/** @native */
export function linkedList(n: i32, times: i32): f64 {
  let sum = 0;
  let list = build(n);
  for (let time = 0; time < times; time++) {
    list = reverse(list);
    for (let cell = list; cell !== null; cell = cell.next) sum += cell.value;
  }
  if (list !== null) thinOut(list);
  for (let cell = list; cell !== null; cell = cell.next) sum += cell.value;
  return sum;
}
