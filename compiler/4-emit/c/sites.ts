/** What the messages of a library's errors are made of, as data that `runtime/native/library/messages.h` reads. */
import { messageOf, valueTypes, type Site } from '../../../runtime/messages.ts';
import type { ScalarType } from '../../ir/types.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';

/** What a part is. */
const kinds = { end: 0, text: 1, value: 2, ownText: 3, ownProperties: 4 } as const;

/** How a value is told that native code has recorded. */
function formOf(type: ScalarType, asNumber: boolean): string {
  if (type === 'f64' || type === 'f32') return 'd';
  if (type === 'bool') return 'b';
  if (asNumber) return 'n';
  return type === 'u64' ? 'u' : 's';
}

/** The parts of a site's message. */
function partsOf(site: Site): Buffer {
  if (site.kind === 'made')
    return Buffer.from([site.instance === undefined ? kinds.ownText : kinds.ownProperties, 0]);
  const types = valueTypes(site);
  const parts = messageOf(site).map((part) => {
    if (typeof part !== 'string') {
      const { value, asNumber = false } = part;
      const form = formOf(types[value] ?? 'f64', asNumber).charCodeAt(0);
      return Buffer.from([kinds.value, value, form]);
    }
    const bytes = Buffer.from(part, 'utf8');
    const { length } = bytes;
    const head = [kinds.text, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff];
    return Buffer.concat([Buffer.from(head), bytes]);
  });
  return Buffer.concat([...parts, Buffer.from([kinds.end])]);
}

/** Writes the address of the parts of the site that a word of an error tells (`siteWord`), whose index counts from 1. */
export function partsAt(f: LlvmFunction, { bytes, starts }: SiteTable, index: string): string {
  const start = f.load('i32', f.gep('i32', starts, f.emit(`zext i32 ${index} to i64`)));
  return f.gep('i8', bytes, f.emit(`zext i32 ${start} to i64`));
}

/** Pointers to the parts of all sites, and to where those of each start. */
export interface SiteTable {
  readonly bytes: string;
  readonly starts: string;
}

/** Adds the parts of sites to a module; those that aren't wanted have none. */
export function defineSiteTable(
  llvm: LlvmModule,
  sites: readonly Site[],
  wanted: ReadonlySet<number>,
): SiteTable {
  const parts = sites.map((site, index) => (wanted.has(index) ? partsOf(site) : Buffer.from([])));
  const starts = [0];
  for (const { length } of parts) starts.push((starts.at(-1) ?? 0) + length);
  // One that is never asked for, so that arrays aren't empty.
  const all = Buffer.concat([...parts, Buffer.from([kinds.end])]);
  const bytesType = `[${all.length} x i8]`;
  const text = `c"${all.toString('hex').replace(/../g, '\\$&')}"`;
  llvm.global('ts.c.parts', `private unnamed_addr constant ${bytesType} ${text}`);
  const startsType = `[${starts.length} x i32]`;
  const list = starts.map((start) => `i32 ${start}`).join(', ');
  llvm.global('ts.c.starts', `private unnamed_addr constant ${startsType} [${list}]`);
  return {
    bytes: llvm.address('ts.c.parts', bytesType),
    starts: llvm.address('ts.c.starts', startsType),
  };
}
