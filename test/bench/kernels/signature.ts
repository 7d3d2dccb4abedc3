/** What a kernel takes and gives, read from its source. */
import ts from 'typescript';

export interface Parameter {
  readonly name: string;
  /** As written: `i32`, `number`, `Float64Array` … */
  readonly type: string;
}

export interface Signature {
  /** The exported function's name. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: string;
}

/** @throws where the file doesn't export exactly one function with all its types */
export function readSignature(fileName: string, source: string): Signature {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2022, true);
  const [exported, ...more] = file.statements.filter(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) &&
      (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false),
  );
  if (exported?.name === undefined || exported.type === undefined || more.length > 0)
    throw new Error(`${fileName} should export one function with a result type`);
  return {
    name: exported.name.text,
    parameters: exported.parameters.map(({ name, type }) => {
      if (type === undefined) throw new Error(`${fileName}: ${name.getText()} has no type`);
      return { name: name.getText(), type: type.getText() };
    }),
    result: exported.type.getText(),
  };
}
