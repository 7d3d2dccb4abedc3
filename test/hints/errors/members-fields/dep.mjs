export class Scale {
  constructor(weight) {
    this.weight = weight;
    this.log = [];
    this.names = new Map();
    this.last = null;
  }
  get doubled() {
    return this.weight * 2;
  }
  add(x) {
    this.log = [x];
    return this.log.length;
  }
  peek() {
    return this.last === null ? 0 : this.last;
  }
}
