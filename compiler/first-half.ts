/**
 * What a build keeps of its first half, which no target changes: the optimised IR and what it told. As long as no
 * source is edited, a build for other targets begins there, without TypeScript.
 */
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { ObjectCache, sha256 } from './5-link/cache.ts';
import { saveRecord, upToDate, type BuildRecord, type FinishedBuild } from './5-link/record.ts';
import type { BuildOptions } from './build-types.ts';
import { compilerIdentity } from './identity.ts';
import type { CLibraries } from './c-libraries/config.ts';
import type { IrModule } from './ir/types.ts';

/** What is kept. All but the module is plain data for JSON. */
export interface FirstHalf<Summary> {
  /** What the build told, without what is native. */
  readonly summary: Summary;
  readonly configPath: string;
  /** Where the `native` folder goes. */
  readonly outDir: string;
  /** How many functions are native. */
  readonly functions: number;
  /** The project's own C libraries. */
  readonly libraries: CLibraries;
}

interface Kept<Summary> extends FirstHalf<Summary> {
  readonly moduleHash: string;
}

/** A first half that still holds. */
export interface Found<Summary> {
  readonly half: FirstHalf<Summary>;
  readonly module: IrModule;
  /** The files that it was made of. */
  readonly inputs: readonly string[];
  readonly folders: FinishedBuild<Summary>['folders'];
}

/** The record of a project's first half with some options, in its folder of caches. */
export class FirstHalfRecord<Summary> {
  private readonly key: string;
  private readonly path: string;
  private readonly modules: ObjectCache;

  constructor(folder: string, { targets: _, cpu: __, ...options }: BuildOptions) {
    // The bytes are those of one version of V8.
    this.key = JSON.stringify([options, compilerIdentity(), process.versions.v8]);
    this.path = join(folder, 'builds', `${sha256(this.key).slice(0, 32)}.json`);
    this.modules = new ObjectCache(join(folder, 'objects'));
  }

  /** What was kept, where no input and no file that was written has changed. */
  async find(): Promise<Found<Summary> | undefined> {
    const record: BuildRecord<Kept<Summary>> | undefined = await upToDate(this.path, this.key);
    if (!record) return undefined;
    const { moduleHash, ...half } = record.summary;
    const bytes = await this.modules.get(moduleHash);
    if (!bytes) return undefined;
    return {
      half,
      // Safe: the cache compares what it has with its hash, and the key tells who wrote it.
      module: deserialize(bytes) as IrModule,
      inputs: record.inputs.map(({ path }) => path),
      folders: record.folders,
    };
  }

  async keep(
    half: FirstHalf<Summary>,
    module: IrModule,
    finished: Omit<FinishedBuild<Summary>, 'key' | 'summary'>,
  ): Promise<void> {
    // With all that it shares within itself.
    const bytes = serialize(module);
    const moduleHash = sha256(bytes);
    await this.modules.put(moduleHash, bytes);
    const summary = { ...half, moduleHash };
    await saveRecord(this.path, { ...finished, key: this.key, summary });
  }
}
