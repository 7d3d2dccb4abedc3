/** Reads formulas, makes trees of them, and computes these. */
import type { f64, i32 } from 'tsnative';

abstract class Node {
  abstract value(x: f64): f64;
}

class Constant extends Node {
  constructor(private readonly number: f64) {
    super();
  }
  override value(_x: f64): f64 {
    return this.number;
  }
}

class Unknown extends Node {
  override value(x: f64): f64 {
    return x;
  }
}

class Operation extends Node {
  constructor(
    private readonly operator: string,
    private readonly left: Node,
    private readonly right: Node,
  ) {
    super();
  }
  override value(x: f64): f64 {
    const a = this.left.value(x);
    const b = this.right.value(x);
    switch (this.operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      default:
        return a / b;
    }
  }
}

class Parser {
  private at = 0;
  private readonly tokens: string[] = [];

  constructor(text: string) {
    let at = 0;
    while (at < text.length) {
      const start = at;
      const unit = text.charCodeAt(at++);
      if (unit === 32) continue;
      if (unit >= 48 && unit <= 57) {
        while (at < text.length && text.charCodeAt(at) >= 46 && text.charCodeAt(at) <= 57) at++;
      }
      this.tokens.push(text.slice(start, at));
    }
  }

  sum(): Node {
    let left = this.product();
    while (this.at < this.tokens.length) {
      const operator = this.tokens[this.at]!;
      if (operator !== '+' && operator !== '-') break;
      this.at++;
      left = new Operation(operator, left, this.product());
    }
    return left;
  }

  private product(): Node {
    let left = this.atom();
    while (this.at < this.tokens.length) {
      const operator = this.tokens[this.at]!;
      if (operator !== '*' && operator !== '/') break;
      this.at++;
      left = new Operation(operator, left, this.atom());
    }
    return left;
  }

  private atom(): Node {
    const token = this.tokens[this.at++]!;
    if (token === 'x') return new Unknown();
    if (token !== '(') return new Constant(Number(token));
    const inside = this.sum();
    this.at++;
    return inside;
  }
}

/** @native */
export function expression(formulas: i32, times: i32): f64 {
  let sum = 0;
  for (let i = 0; i < formulas; i++) {
    const text = `(x + ${i}) * ${i % 17}.25 - x * x / (${i % 5} + 2.5) + 3 * (x - (${i} - 1) * 2)`;
    const tree = new Parser(text).sum();
    for (let x = 0; x < times; x++) sum += tree.value(x) % 1000;
  }
  return sum;
}
