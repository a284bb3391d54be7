import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const program = /^\s*(?:exec\s+)?(?:yt-dlp|ffmpeg|ffprobe)(?:\s|$)/;
/** Names of calls that start programs. */
const starts = /(?:spawn|exec|fork|^run)/i;

/** Where a source starts yt-dlp or ffmpeg by the name alone, and so whichever PATH has, or none. */
function bareNames(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isArrayLiteralExpression(node)) node.elements.forEach(look);
    const words = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? node.head.text
        : '';
    if (!program.test(words)) return;
    found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && starts.test(nameOf(node.expression))) node.arguments.forEach(look);
    // `process.env['HARMONI_YTDLP'] ?? 'yt-dlp'`
    if (ts.isBinaryExpression(node) && fallbacks.has(node.operatorToken.kind)) look(node.right);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const fallbacks: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
]);

function nameOf(callee: ts.Expression): string {
  if (ts.isCallExpression(callee)) return callee.arguments.map((argument) => argument.getText()).join(' ');
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

test('the tests run the yt-dlp and ffmpeg that HARMONI would use', () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((path) => bareNames(path, readFileSync(join(folder, path), 'utf8')))).toEqual([]);
});

test.each([
  "spawn('yt-dlp', ['--version'])",
  "child.execFileSync('ffprobe', [])",
  "promisify(execFile)('ffmpeg', [])",
  "runProcess('bash', ['-c', 'ffmpeg -version'])",
  'exec(`ffmpeg -i ${path}`)',
  "const path = process.env['HARMONI_FFMPEG'] ?? 'ffmpeg'",
])('"%s" would be found', (text) => {
  // Not evaluated: only parsed.
  expect(bareNames('one.ts', text)).toHaveLength(1);
});

test.each(["join(bin, 'yt-dlp')", 'spawn(tools.ytDlp, [])', "spawn('bash', ['-c', 'echo ffmpeg'])"])(
  '"%s" is fine',
  (text) => {
    expect(bareNames('one.ts', text)).toEqual([]);
  },
);
