/** Bodies of functions with parallel loops: one that could have a race, and one like it that has none. */
export interface Pair {
  readonly race: string;
  /** What the refusal is called. */
  readonly code:
    | 'TSN2250'
    | 'TSN2251'
    | 'TSN2252'
    | 'TSN2253'
    | 'TSN2254'
    | 'TSN2255'
    | 'TSN2256'
    | 'TSN2257'
    | 'TSN2258';
  readonly fine: string;
}

const variable = 'TSN2250';
const element = 'TSN2251';
const array = 'TSN2252';
const place = 'TSN2253';
const elsewhere = 'TSN2254';
const value = 'TSN2255';
const order = 'TSN2256';
const assigned = 'TSN2257';
const together = 'TSN2258';

export const pairs: readonly Pair[] = [
  // Variables
  {
    code: variable,
    race: 'let s = 0; parallel.for(n, (i) => { s += a[i]; }); out[0] = s;',
    fine: 'let s = 0; s += parallel.sum(n, (i) => a[i]); out[0] = s;',
  },
  {
    code: variable,
    race: 'let s = 0; parallel.for(n, (i) => { s = i; }); out[0] = s;',
    fine: 'parallel.for(n, (i) => { let s = 0; s = i; out[i] = s; });',
  },
  {
    code: variable,
    race: 'let s = 0; parallel.for(n, (i) => { out[i] = s++; });',
    fine: 'let s = 0; s++; parallel.for(n, (i) => { out[i] = s; });',
  },
  {
    code: variable,
    race: 'let m = 0; parallel.for(n, (i) => { if (a[i] > m) m = a[i]; }); out[0] = m;',
    fine: 'const m = parallel.reduce(n, 0, (i) => a[i], (x, y) => (x > y ? x : y)); out[0] = m;',
  },
  {
    code: variable,
    race: 'let k = 0; parallel.for(n, (i) => { for (k = 0; k < 3; k++) out[i] += k; });',
    fine: 'parallel.for(n, (i) => { for (let k = 0; k < 3; k++) out[i] += k; });',
  },
  {
    code: variable,
    race: 'let s = 0; const x = parallel.sum(n, (i) => { s = i; return s; }); out[0] = x + s;',
    fine: 'const x = parallel.sum(n, (i) => { const s = i; return s; }); out[0] = x;',
  },
  {
    code: variable,
    race: 'let s = 0; parallel.for(h, (y) => { parallel.for(w, (x) => { s += x * y; }); }); out[0] = s;',
    fine: 'parallel.for(h, (y) => { let s = 0; for (let x = 0; x < w; x++) s += x * y; out[y] = s; });',
  },
  {
    code: variable,
    race: 'let s = 0; let t = 0; parallel.for(n, (i) => { [s, t] = [t, i]; }); out[0] = s + t;',
    fine: 'parallel.for(n, (i) => { let s = 0; let t = 1; [s, t] = [t, i]; out[i] = s + t; });',
  },
  {
    code: value,
    race: 'let s = 0; const bump = () => { s++; }; parallel.for(n, (i) => { bump(); out[i] = i; }); out[0] = s;',
    fine: 'let s = 0; s++; const next = (x: number) => x + s; parallel.for(n, (i) => { out[i] = next(i); });',
  },
  // Elements of one row
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < x; x++) out[y * w + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[0] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = 0; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i] = out[i - 1] + 1; });',
    fine: 'parallel.for(n, (i) => { out[i] = a[i - 1] + 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i] = i; out[i + 1] = i; });',
    fine: 'parallel.for(n, (i) => { out[2 * i] = i; out[2 * i + 1] = i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[2 * i] = i; out[2 * i + 2] = i; });',
    fine: 'parallel.for(n, (i) => { out[3 * i] = i; out[3 * i + 2] = i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i % 2] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = i % 2; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i & 7] += i; });',
    fine: 'parallel.for(n, (i) => { out[i] += i & 7; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i >> 1] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = i >> 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[Math.floor(i / 2)] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = Math.floor(i / 2); });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[ints[i]] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = ints[i]; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { ints[ints[i]] = i; });',
    fine: 'parallel.for(n, (i) => { ints[i] = ints[i] + i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i * 0.5] = i; });',
    fine: 'parallel.for(n, (i) => { out[i * 5] = i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i * i] = i; });',
    fine: 'parallel.for(n, (i) => { out[i] = i * i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i] = out[n - 1 - i]; });',
    fine: 'parallel.for(n, (i) => { out[n - 1 - i] = out[n - 1 - i] * 2; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i + w] = i; out[i + h] = i; });',
    fine: 'parallel.for(n, (i) => { out[i + w] = i; out[i + w] += h; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i + w - w] = i; });',
    fine: 'parallel.for(n, (i) => { out[i + w - h] = i; });',
  },
  {
    code: value,
    race: 'const b = n > 3 ? a : undefined; parallel.for(n, (i) => { out[i] = b ? b[i] : 0; });',
    fine: 'const b = n > 3 ? a : out.slice(); parallel.for(n, (i) => { out[i] = b.length; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { let k = i; k = 0; out[k] = i; });',
    fine: 'parallel.for(n, (i) => { const k = i; out[k] = i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { i = 0; out[i] = 1; });',
    fine: 'parallel.for(n, (i) => { const j = i + 1; out[j] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[a.length] = i; });',
    fine: 'parallel.for(n, (i) => { out[i + a.length] = i; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i: i32) => { out[i | 0] = 1; out[(i + 1) | 0] = 2; });',
    fine: 'parallel.for(n, (i: i32) => { out[2 * i] = 1; out[2 * i + 1] = 2; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[i] = 1; const j = i + 1; out[j] = 2; });',
    fine: 'parallel.for(n, (i) => { out[i] = 1; const j = i; out[j] = 2; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { [out[0], out[i]] = [i, 1]; });',
    fine: 'parallel.for(n, (i) => { [out[2 * i], out[2 * i + 1]] = [i, 1]; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { out[0]++; a[i] = i; });',
    fine: 'parallel.for(n, (i) => { out[i]++; a[i] = i; });',
  },
  // Rows
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < h; x++) out[y * w + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x <= w; x++) out[y * w + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 1; x < w; x++) out[y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = -1; x < w; x++) out[y * w + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x += 2) out[y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < w; x += 0.5) out[y * w + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; ++x) out[y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) { x += w; out[y * w + x] = 1; } });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) { const z = x; out[y * w + z] = 1; } });',
  },
  {
    code: element,
    race: 'parallel.for(w, (x) => { for (let y = 0; y < h; y++) out[y * w + x] = 1; });',
    fine: 'parallel.for(w, (x) => { for (let y = 0; y < h; y++) out[x * h + y] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x] = out[(y - 1) * w + x]; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x] = a[(y - 1) * w + x]; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x + 1] += out[y * w + x]; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < w; x++) out[y * w + x] += out[y * w]; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < 5; x++) out[y * 4 + x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < 4; x++) out[y * 4 + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let x = 0; x < 4; x++) out[y * fixed - 2 * x] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let x = 0; x < fixed; x++) out[y * fixed + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { const row = y * w; for (let x = 0; x < h; x++) out[row + x] = 1; });',
    fine: 'parallel.for(h, (y) => { const row = y * w; for (let x = 0; x < w; x++) out[row + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (z) => { for (let y = 0; y < w; y++) for (let x = 0; x < h; x++) out[(z * h + y) * w + x] = 1; });',
    fine: 'parallel.for(n, (z) => { for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) out[(z * h + y) * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (z) => { for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) out[z * w + y * w + x] = 1; });',
    fine: 'parallel.for(n, (z) => { for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) out[z * w * h + y * w + x] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { parallel.for(w, (x) => { out[x] = y; }); });',
    fine: 'parallel.for(h, (y) => { parallel.for(w, (x) => { out[y * w + x] = y; }); });',
  },
  {
    code: element,
    race: 'parallel.for(h, (y) => { for (let j = 0; j < y; j++) out[y * w + j] = 1; });',
    fine: 'parallel.for(h, (y) => { for (let j = 0; j < y; j++) out[y] += a[y * w + j]; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { for (let c = 0; c < 4; c++) out[i + c] = c; });',
    fine: 'parallel.for(n, (i) => { for (let c = 0; c < 4; c++) out[4 * i + c] = c; });',
  },
  // Arrays as a whole, and other ways to them
  {
    code: array,
    race: 'parallel.for(n, (i) => { out[i] = out.indexOf(i); });',
    fine: 'const at = out.indexOf(1); parallel.for(n, (i) => { out[i] = at; });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { put(out, 0); out[i] = i; });',
    fine: 'put(out, 0); parallel.for(n, (i) => { out[i] = half(i); });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { out[i] = first(out); });',
    fine: 'parallel.for(n, (i) => { out[i] = first(a); });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { const o = out; out[i] = o[0]; });',
    fine: 'parallel.for(n, (i) => { const o = a; out[i] = o[0]; });',
  },
  {
    code: place,
    race: 'parallel.for(n, (i) => { const o = out; o[0] = i; });',
    fine: 'const o = out; parallel.for(n, (i) => { o[i] = i; });',
  },
  {
    code: elsewhere,
    race: 'parallel.for(n, (i) => { put(out, 0); });',
    fine: 'parallel.for(n, (i) => { out[i] = first(a) + i; });',
  },
  {
    code: value,
    race: 'parallel.for(n, (i) => { out.fill(i); });',
    fine: 'out.fill(1); parallel.for(n, (i) => { out[i] += a.length; });',
  },
  {
    code: elsewhere,
    race: 'const set = (x: number) => { out[0] = x; }; parallel.for(n, (i) => { set(i); });',
    fine: 'const get = (x: number) => a[0] + x; parallel.for(n, (i) => { out[i] = get(i); });',
  },
  {
    code: elsewhere,
    race: 'const get = (k: number) => out[k]; parallel.for(n, (i) => { out[i] = get(i - 1); });',
    fine: 'const get = (k: number) => a[k]; parallel.for(n, (i) => { out[i] = get(i - 1); });',
  },
  {
    code: elsewhere,
    race: 'parallel.for(n, (i) => { table[i] = fromTable(0); });',
    fine: 'parallel.for(n, (i) => { out[i] = fromTable(0); });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { table[i] = table[i + 1]; });',
    fine: 'parallel.for(n, (i) => { table[i] = out[i + 1]; });',
  },
  {
    code: element,
    race: 'const list = [1, 2]; parallel.for(n, (i) => { list[0] = i; }); out[0] = list[0] ?? 0;',
    fine: 'const list = [1, 2]; const one = list[0] ?? 0; parallel.for(n, (i) => { out[i] = one; });',
  },
  {
    code: value,
    race: 'parallel.for(n, (i) => { out[i] = `${i}`.length; });',
    fine: 'parallel.for(n, (i) => { out[i] = i > 9 ? 2 : 1; });',
  },
  {
    code: place,
    race: 'parallel.for(n, (i) => { let own: Float64Array = new Float64Array(3); own = out; own[0] = i; });',
    fine: 'parallel.for(n, (i) => { const own = new Float64Array(3); own[0] = i; out[i] = own[0]; });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { out[i] = out.slice(i)[0]; });',
    fine: 'parallel.for(n, (i) => { out[i] = a.subarray(i)[0] + a.slice(i)[1]; });',
  },
  // Prefixes and sorting
  {
    code: variable,
    race: 'let k = 0; const b = parallel.scan(a, (x, y) => { k++; return x + y; }); out[0] = b[0] + k;',
    fine: 'let k = 0; k++; const b = parallel.scan(a, (x, y) => x + y + k); out[0] = b[0];',
  },
  {
    code: element,
    race: 'parallel.scan(n, (i) => { out[0] = i; return i; }, (x, y) => x + y);',
    fine: 'parallel.scan(n, (i) => { out[i] = i; return i; }, (x, y) => x + y);',
  },
  {
    code: element,
    race: 'parallel.scan(n, (i) => i, (x, y) => { out[x] = y; return x + y; });',
    fine: 'parallel.scan(n, (i) => i, (x, y) => { const own = new Float64Array(2); own[0] = y; return x + own[0]; });',
  },
  {
    code: variable,
    race: 'let k = 0; parallel.sort(out, (x, y) => { k++; return x - y; }); out[0] = k;',
    fine: 'let k = 0; k++; parallel.sort(out, (x, y) => x * k - y); out[0] = k;',
  },
  {
    code: element,
    race: 'parallel.sort(out, (x, y) => { a[0] = x; return x - y; });',
    fine: 'a[0] = 1; parallel.sort(out, (x, y) => (x % a[0]) - y);',
  },
  {
    code: elsewhere,
    race: 'parallel.sort(out, (x, y) => { put(a, 0); return x - y; });',
    fine: 'parallel.sort(out, (x, y) => half(x) + first(a) - y);',
  },
  {
    code: value,
    race: 'parallel.sort(out, (x, y) => `${x}`.length - y);',
    fine: 'parallel.sort(out, (x, y) => (x > 9 ? 2 : 1) - y);',
  },
  {
    code: value,
    race: 'parallel.for(n, (i) => { parallel.sort(out); });',
    fine: 'parallel.sort(out); parallel.for(n, (i) => { out[i] += i; });',
  },
  // Atomics
  {
    code: element,
    race: 'parallel.for(n, (i) => { ints[a[i] & 7] += 1; });',
    fine: 'parallel.for(n, (i) => { Atomics.add(ints, a[i] & 7, 1); });',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { out[i] = Atomics.add(ints, 0, 1); });',
    fine: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); out[i] = 1; });',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { Atomics.store(ints, 0, i); });',
    fine: 'parallel.for(n, (i) => { Atomics.xor(ints, 0, i); });',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { Atomics.exchange(ints, i & 3, i); });',
    fine: 'parallel.for(n, (i) => { Atomics.or(ints, i & 3, i); });',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { Atomics.compareExchange(ints, 0, 0, i); });',
    fine: 'Atomics.compareExchange(ints, 0, 0, 5); parallel.for(n, (i) => Atomics.and(ints, 0, i));',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); Atomics.or(ints, 1, 1); });',
    fine: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); Atomics.sub(ints, 1, 1); });',
  },
  {
    code: order,
    race: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); out[i] = Atomics.load(ints, 0); });',
    fine: 'parallel.for(n, (i) => { out[i] = Atomics.load(ints, 0); });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); out[i] = ints[0]; });',
    fine: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); out[i] = ints.length; });',
  },
  {
    code: array,
    race: 'parallel.for(n, (i) => { Atomics.add(ints, 0, 1); ints[i] = 0; });',
    fine: 'parallel.for(n, (i) => { Atomics.add(ints, i, 1); out[i] = 0; });',
  },
  {
    code: place,
    race: 'parallel.for(n, (i) => { const o = ints; Atomics.add(o, 0, 1); });',
    fine: 'const o = ints; parallel.for(n, (i) => { Atomics.add(o, 0, 1); });',
  },
  {
    code: elsewhere,
    race: 'const bump = (k: number) => { Atomics.add(ints, k, 1); }; parallel.for(n, (i) => { bump(i); });',
    fine: 'const which = (k: number) => k & 7; parallel.for(n, (i) => { Atomics.add(ints, which(i), 1); });',
  },
  // Parts
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 2) * w); part[0] = 1; });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); part[0] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(4 * i, 4 * i + 5); part[i & 3] = 1; });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(4 * i, 4 * i + 4); part[i & 3] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w); part[0] = 1; });',
    fine: 'parallel.for(n, (i) => { const from = i * w; const part = out.subarray(from, from + w); part[a[i]] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w - w, i * w); part[0] = 1; });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * w + 2, i * w + w + 2); part[0] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w + h, i * w + w + h); part[0] = 1; });',
    fine: 'const rest = out.subarray(h); parallel.for(n, (i) => { const part = rest.subarray(i * w, i * w + w); part[0] = 1; });',
  },
  {
    code: element,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); part[0] = out[0]; });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); part[0] = out[i * w]; });',
  },
  {
    code: place,
    race: 'parallel.for(n, (i) => { let part = out.subarray(i * w, (i + 1) * w); part = a; part[0] = 1; });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); part[0] = first(part) + part.length; });',
  },
  {
    code: elsewhere,
    race: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); put(part, w); });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * w, (i + 1) * w); for (let x = 0; x < part.length; x++) part[x] = x; });',
  },
  {
    code: value,
    race: 'parallel.for(n, (i) => { out.subarray(i * w, (i + 2) * w).fill(1); });',
    fine: 'parallel.for(n, (i) => { const part = out.subarray(i * 8, i * 8 + 8); for (let x = 0; x < 8; x++) part[x] += part[7 - x]; });',
  },
  // Functions beside each other
  {
    code: assigned,
    race: 'let s = 0; parallel.invoke(() => { s = half(n); }, () => { out[0] = 1; }); out[1] = s;',
    fine: 'parallel.invoke(() => { let s = 0; s = half(n); out[1] = s; }, () => { out[0] = 1; });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { out[0] = first(a); }, () => { out[0] = half(n); });',
    fine: 'parallel.invoke(() => { out[0] = first(a); }, () => { out[1] = half(n); });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { out[0] = 1; }, () => { a[0] = out[n]; });',
    fine: 'parallel.invoke(() => { out[0] = 1; }, () => { a[0] = out[1]; });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { put(out, 0); }, () => { put(out, 1); });',
    fine: 'parallel.invoke(() => { put(out, 0); }, () => { put(a, 1); });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { put(out, 0); }, () => { a[0] = first(out); });',
    fine: 'parallel.invoke(() => { a[1] = first(out); }, () => { a[0] = first(out); });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { out.fill(1); }, () => { out.fill(2); });',
    fine: 'parallel.invoke(() => { out.fill(1); }, () => { a.fill(2); });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { put(out.subarray(1), 0); }, () => { put(out.subarray(2), 0); });',
    fine: 'const tail = out.subarray(1); parallel.invoke(() => { put(tail, 0); }, () => { put(a.subarray(2), 0); });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { for (let i = 0; i < n; i++) out[i] = 1; }, () => { for (let i = 0; i < n; i++) out[i + n] = 1; });',
    fine: 'parallel.invoke(() => { for (let i = 0; i < n; i++) out[i] = 1; }, () => { for (let i = 0; i < n; i++) a[i + n] = 1; });',
  },
  {
    code: elsewhere,
    race: 'const set = (x: number) => { out[0] = x; }; parallel.invoke(() => { set(1); }, () => { set(2); });',
    fine: 'const get = (x: number) => a[0] + x; parallel.invoke(() => { out[0] = get(1); }, () => { out[1] = get(2); });',
  },
  {
    code: elsewhere,
    race: 'parallel.invoke(() => { table[0] = 1; }, () => { out[0] = fromTable(0); });',
    fine: 'parallel.invoke(() => { put(out, 1); }, () => { a[0] = fromTable(0); });',
  },
  {
    code: elsewhere,
    race: 'parallel.invoke(() => { put(out, 0); setTable(); }, () => { setTable(); });',
    fine: 'parallel.invoke(() => { put(out, 0); out[1] = half(2); }, () => { a[0] = half(1); });',
  },
  {
    code: value,
    race: 'parallel.invoke(() => { out[0] = `${n}`.length; }, () => { out[1] = 1; });',
    fine: 'parallel.invoke(() => { out[0] = n > 9 ? 2 : 1; }, () => { out[1] = 1; });',
  },
  {
    code: together,
    race: 'parallel.invoke(() => { Atomics.add(ints, 0, 1); }, () => { Atomics.or(ints, 0, 1); });',
    fine: 'parallel.invoke(() => { Atomics.add(ints, 0, 1); }, () => { out[0] = a[0]; });',
  },
];
