/**
 * ts-morph: all of its types, and what the compiler uses at run time.
 *
 * This is CommonJS because Node reads a CommonJS module twice when an ECMAScript module imports it:
 * before running it, to find the names that it exports. For ts-morph, with the nine megabytes of
 * TypeScript in it, that takes as long as running it.
 */
import tsMorph = require('ts-morph');

export type * from 'ts-morph';

export import Node = tsMorph.Node;
export import Project = tsMorph.Project;
export import SyntaxKind = tsMorph.SyntaxKind;
export import VariableDeclarationKind = tsMorph.VariableDeclarationKind;
export import createWrappedNode = tsMorph.createWrappedNode;
export import ts = tsMorph.ts;
