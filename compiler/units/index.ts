/**
 * A project as *units*, for builds one after the other: the sources with native code are read, lowered and optimised
 * apart, each with what it needs of others, so that an edit makes only those units anew that depend on it. Sources
 * are one unit where one calls what the other marks, or both have what there can be only one of.
 */
import type { ts } from '../ts-morph.ts';
import type { IsTaken } from '../1-read/ids.ts';
import { misspeltTags } from '../1-read/misspelt-tags.ts';
import type { OpenedProject } from '../1-read/open.ts';
import { readOpened } from '../1-read/project.ts';
import type { Reading } from '../1-read/model.ts';
import type { LoweringResult } from '../2-lower/index.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { Sources } from './sources.ts';
import { areEqual, claimsOf, hasSingularParts, isSame, unitOf, type Unit } from './unit.ts';

export type { Unit } from './unit.ts';

/** How a unit is lowered; the diagnostics are all that is refused. */
export type LowerUnit = (reading: Reading) => {
  readonly lowering: LoweringResult;
  readonly refusals: readonly Diagnostic[];
};

/** One project's; builds with it come one after the other. */
export class KeptUnits {
  private units: readonly Unit[] = [];
  private shared: readonly ts.SourceFile[] = [];
  private options = '';
  /** Sources that have turned out to be one unit. */
  private together: ReadonlySet<string>[] = [];
  private readonly prefixes = new Map<string, string>();
  private plain: readonly ts.SourceFile[] = [];

  /**
   * The units of a project, those that an edit leaves alone as they were.
   * @returns undefined for a program that can't be divided
   */
  of(opened: OpenedProject, lower: LowerUnit): readonly Unit[] | undefined {
    const { checked, program } = opened;
    if (!checked || !('builder' in checked)) return undefined;
    const sources = new Sources(program, checked);
    // `configFile` is the tsconfig's syntax tree.
    const options = JSON.stringify({ ...program.getCompilerOptions(), configFile: undefined });
    if (options !== this.options || !areEqual(sources.shared, this.shared)) this.units = [];
    this.options = options;
    this.shared = sources.shared;
    this.plain = sources.plain;
    for (;;) {
      this.units = this.made(opened, sources, lower);
      const found = belongTogether(this.units);
      if (!found) break;
      const overlaps = (one: ReadonlySet<string>): boolean =>
        [...one].some((name) => found.has(name));
      const [joined, apart] = [
        this.together.filter(overlaps),
        this.together.filter((one) => !overlaps(one)),
      ];
      this.together = [...apart, new Set([...joined, found].flatMap((one) => [...one]))];
    }
    return this.units;
  }

  /** To be called when optimising has failed, which changes what was lowered. */
  forget(): void {
    this.units = [];
  }

  /** Those of the last build. */
  get all(): readonly Unit[] {
    return this.units;
  }

  /** What is refused of sources as they are read, and said of those without native code. */
  get told(): readonly Diagnostic[] {
    return [
      ...this.units.flatMap(({ readRefusals }) => readRefusals),
      ...this.plain.flatMap((file) => toldOf(file)),
    ];
  }

  private made(opened: OpenedProject, sources: Sources, lower: LowerUnit): Unit[] {
    const wanted = this.groups(sources.tagged).map((files) => ({
      files,
      sources: sources.of(files),
    }));
    const kept = wanted.map((one) => this.units.find((unit) => isSame(unit, one)));
    const all = new Set(kept.flatMap((unit) => unit ?? []));
    return wanted.map((one, index): Unit => {
      const known = kept[index];
      if (known) return known;
      const isTaken: IsTaken = (kind, id) => [...all].some(({ ids }) => ids[kind].has(id));
      const reading = readOpened(opened, undefined, { files: new Set(one.files), isTaken });
      const { lowering, refusals } = lower(reading);
      const former = this.units.find(({ files }) => areEqual(files, one.files));
      const prefix = this.prefixOf(one.files);
      const readRefusals = reading.refusals.filter((told) => !opened.refusals.includes(told));
      const made = unitOf({ ...one, prefix, reading, readRefusals, lowering, refusals }, former);
      all.add(made);
      return made;
    });
  }

  /** The sources of each unit; the units in the order of their first ones. */
  private groups(files: readonly string[]): string[][] {
    const groups = new Map<ReadonlySet<string> | string, string[]>();
    for (const file of files) {
      const group = this.together.find((one) => one.has(file)) ?? file;
      groups.set(group, [...(groups.get(group) ?? []), file]);
    }
    return [...groups.values()];
  }

  private prefixOf(files: readonly string[]): string {
    const key = files.join('\n');
    const prefix = this.prefixes.get(key) ?? `wire.u${this.prefixes.size}`;
    this.prefixes.set(key, prefix);
    return prefix;
  }
}

/** Sources of several units that have to be one. */
function belongTogether(units: readonly Unit[]): ReadonlySet<string> | undefined {
  const filesOf = (some: readonly Unit[]): ReadonlySet<string> =>
    new Set(some.flatMap(({ files }) => files));
  const singular = units.filter(hasSingularParts);
  if (singular.length > 1) return filesOf(singular);
  const claims = units.map((unit) => ({ unit, ...claimsOf(unit) }));
  const declarations = new Map<string, Unit>();
  const byFile = new Map(units.flatMap((unit) => unit.files.map((file) => [file, unit] as const)));
  for (const { unit, files, declarations: own } of claims) {
    for (const file of files) {
      const other = byFile.get(file);
      if (other && other !== unit) return filesOf([unit, other]);
    }
    for (const declaration of own) {
      const other = declarations.get(declaration);
      if (other) return filesOf([unit, other]);
      declarations.set(declaration, unit);
    }
    const named = units.find((other) => other !== unit && haveSameNames(unit, other));
    if (named) return filesOf([unit, named]);
  }
  return undefined;
}

/** Names are kept apart where they are given; this is for those that are made of others. */
const haveSameNames = ({ lowering: a }: Unit, { ids }: Unit): boolean =>
  a.module.functions.some(({ name }) => !name.startsWith('std.') && ids.function.has(name)) ||
  a.module.records.some(({ name }) => !name.startsWith('std.') && ids.record.has(name)) ||
  a.module.globals.some(({ name }) => ids.constant.has(name));

const misspelt = new WeakMap<ts.SourceFile, readonly Diagnostic[]>();

/** What is said of a source without native code. */
function toldOf(file: ts.SourceFile): readonly Diagnostic[] {
  const told = misspelt.get(file) ?? misspeltTags(file);
  misspelt.set(file, told);
  return told;
}
