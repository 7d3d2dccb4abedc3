/** The table of how each operation of the IR is written as LLVM. */
import type { OpName } from '../ir/ops.ts';
import type { Emit } from './emission.ts';
import { checkOps } from './ops/checks.ts';
import { convertOps } from './ops/convert.ts';
import { errorOps } from './ops/errors.ts';
import { externOps } from './ops/externs.ts';
import { listOps } from './ops/lists.ts';
import { parallelOps } from './ops/parallel.ts';
import { progressOps } from './ops/progress.ts';
import { recordOps } from './ops/records.ts';
import { referenceOps } from './ops/references.ts';
import { scalarOps } from './ops/scalar.ts';
import { stringOps } from './ops/strings.ts';
import { variableOps } from './ops/variables.ts';
import { viewOps } from './ops/views.ts';
import { wireOps } from './ops/wire.ts';

export const operations: Readonly<Record<OpName, Emit>> = {
  ...variableOps,
  ...parallelOps,
  ...progressOps,
  ...externOps,
  ...scalarOps,
  ...convertOps,
  ...checkOps,
  ...viewOps,
  ...wireOps,
  ...recordOps,
  ...listOps,
  ...stringOps,
  ...errorOps,
  ...referenceOps,
};
