/**
 * What one file exports and what it imports of our other files, by name, read from its syntax
 * tree. Resolves `./x.ts` and the aliases `#domain/x.ts`, which both name their file in full.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

export interface Export {
  readonly name: string;
  readonly kind: 'value' | 'type';
  /** Whether the file itself uses the name beyond declaring it. */
  readonly usedAtHome: boolean;
}

export interface ModuleNames {
  readonly path: string;
  readonly exports: readonly Export[];
  /** `domain/assert.ts#assert`, or `domain/assert.ts#*` where all of it is taken. */
  readonly imports: readonly string[];
  /** What the imports are from, as written. */
  readonly specifiers: readonly string[];
}

export const moduleNames = ({ path, text }: SourceFile): ModuleNames => {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const mentions = countIdentifiers(tree);
  const exports: Export[] = [];
  const imports: string[] = [];
  const specifiers: string[] = [];

  const take = (specifier: ts.Expression | undefined, names: readonly string[]): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    specifiers.push(specifier.text);
    const target = resolve(path, specifier.text);
    if (target !== undefined) imports.push(...names.map((name) => `${target}#${name}`));
  };
  const give = (name: string, kind: Export['kind']): void => {
    exports.push({ name, kind, usedAtHome: (mentions.get(name) ?? 0) > 1 });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier, importedNames(node.importClause));
    else if (ts.isExportDeclaration(node)) {
      const named =
        node.exportClause !== undefined && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
      take(node.moduleSpecifier, named.length > 0 ? named.map((one) => (one.propertyName ?? one.name).text) : ['*']);
      // Passing a name on is an export of its own: somebody must want it from here.
      for (const one of named) give(one.name.text, node.isTypeOnly || one.isTypeOnly ? 'type' : 'value');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0], ['*']);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal, ['*']);
    else if (isExported(node)) for (const [name, kind] of declared(node)) give(name, kind);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, exports, imports, specifiers };
};

const importedNames = (clause: ts.ImportClause | undefined): string[] => {
  const bindings = clause?.namedBindings;
  const byDefault = clause?.name === undefined ? [] : ['default'];
  if (bindings === undefined) return byDefault;
  if (ts.isNamespaceImport(bindings)) return [...byDefault, '*'];
  return [...byDefault, ...bindings.elements.map((one) => (one.propertyName ?? one.name).text)];
};

const resolve = (from: string, specifier: string): string | undefined => {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
};

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const declared = (node: ts.Node): Array<[name: string, kind: Export['kind']]> => {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) =>
      boundNames(name).map((one): [string, 'value'] => [one, 'value']),
    );
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [[node.name.text, 'type']];
  const isValue = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);
  return isValue && node.name !== undefined ? [[node.name.text, 'value']] : [];
};

const boundNames = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));

const countIdentifiers = (tree: ts.SourceFile): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return counts;
};
