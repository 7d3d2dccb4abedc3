/**
 * ts-morph: all of its types, and what the compiler uses of it at run time.
 *
 * It is loaded by way of a CommonJS module because Node reads a CommonJS module twice when an
 * ECMAScript module imports it: before running it, to find the names that it exports. For ts-morph,
 * with the nine megabytes of TypeScript in it, that takes half as long again.
 */
import tsMorph from './ts-morph-package.cts';

export type * from 'ts-morph';
export import Node = tsMorph.Node;
export import Project = tsMorph.Project;
export import SyntaxKind = tsMorph.SyntaxKind;
export import VariableDeclarationKind = tsMorph.VariableDeclarationKind;
export import createWrappedNode = tsMorph.createWrappedNode;
export import ts = tsMorph.ts;
