import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Writes the type declarations of one entry below `target`: its own, and those that it refers to. The type of the settings
 * is written out, because zod, which computes it, isn't a package that the reader has.
 * @returns the path of the entry's declarations, relative to `target`
 */
export async function writeDeclarations(root: string, entry: string, target: string): Promise<string> {
  const source = join(root, 'src');
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([entry], {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: source, outDir: target },
  });
  const made = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => made.set(resolve(path), text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
  const schema = join(source, 'config/schema.ts');
  made.set(declarationOf(schema, source, target), settingsType(program, schema));

  const first = declarationOf(entry, source, target);
  const files = new Map<string, string>();
  const take = (path: string): void => {
    const text = made.get(path);
    if (text === undefined) throw new Error(`${path} has no declarations.`);
    if (files.has(path)) return;
    files.set(path, text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) take(resolve(dirname(path), fileName.replace(/\.ts$/, '.d.ts')));
      else throw new Error(`The declarations in ${path} need the package ${fileName}.`);
    }
  };
  take(first);
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return relative(target, first).replaceAll('\\', '/');
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => '.',
  getNewLine: () => '\n',
};

function declarationOf(path: string, source: string, target: string): string {
  return join(target, relative(source, path)).replace(/\.ts$/, '.d.ts');
}

/** `Config` and `ConfigKey` as plain types. */
function settingsType(program: ts.Program, schema: string): string {
  const file = program.getSourceFile(schema);
  const alias = file?.statements.find(
    (node): node is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(node) && node.name.text === 'Config',
  );
  if (alias === undefined) throw new Error(`${schema} has no type Config.`);
  const checker = program.getTypeChecker();
  const { NoTruncation, InTypeAlias } = ts.TypeFormatFlags;
  const text = checker.typeToString(checker.getTypeAtLocation(alias), alias, NoTruncation | InTypeAlias);
  return `export type Config = ${text};\nexport type ConfigKey = keyof Config;\n`;
}
