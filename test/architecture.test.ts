import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What one file of src imports and uses. */
interface SourceFile {
  /** Below src, with "/". */
  readonly path: string;
  readonly imports: readonly {
    readonly to: string;
    readonly typeOnly: boolean;
    /** By import(), when it is needed. */
    readonly onDemand: boolean;
  }[];
  /** "console.log", "process.stdout", "Date.now", "Math.random", "new Date()" ... as they stand in the code. */
  readonly uses: readonly string[];
  readonly lines: number;
  /** Each by its first line, with all the lines that it stands on. */
  readonly functions: readonly { readonly begins: string; readonly lines: number }[];
}

const src = resolve(import.meta.dirname, '..', 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .toSorted()
  .map(readSource);

function readSource(path: string): SourceFile {
  const text = readFileSync(join(src, path), 'utf8');
  const imports: { to: string; typeOnly: boolean; onDemand: boolean }[] = [];
  const uses: string[] = [];
  const functions: { begins: string; lines: number }[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, onDemand = false): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const to = specifier.text.startsWith('.')
      ? relative(src, resolve(src, dirname(path), specifier.text)).replaceAll('\\', '/')
      : specifier.text;
    imports.push({ to, typeOnly, onDemand });
  };
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) {
      const lines = node.getText().split('\n');
      functions.push({ begins: lines[0] ?? '', lines: lines.length });
    }
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (
      ts.isCallExpression(node) &&
      /^(?:import|process\.getBuiltinModule)$/.test(node.expression.getText())
    )
      add(node.arguments[0], false, true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isPropertyAccessExpression(node)) {
      uses.push(node.getText().replaceAll('?', ''));
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
      uses.push('new Date()');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return { path: path.replaceAll('\\', '/'), imports, uses, lines: text.split('\n').length - 1, functions };
}

/** With a body of its own. Closures count, and for what they stand in too. */
function isFunction(node: ts.Node): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  if (clause.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

/** The folder below src, or the file itself at the top: "tracks", "app.ts". */
const roomOf = (path: string): string => path.split('/')[0] ?? path;
const isOurs = (to: string): boolean => files.some((file) => file.path === to);

/** Where an arrow may lead besides the room itself. index -> main -> (commands | menus) -> views -> engine -> features -> system -> config, tracks, errors. */
const ground = ['config', 'tracks', 'errors.ts'];
const features: Readonly<Record<string, readonly string[]>> = {
  spotify: ['auth'],
  auth: [],
  // It speaks to Spotify as a sign-in does.
  'auth-server': ['auth'],
  sources: ['spotify', 'providers'],
  providers: [],
  matching: ['providers', 'history'],
  downloads: ['matching', 'providers', 'history', 'enrich', 'formats', 'sound', 'ear'],
  // What files are made of: bytes in, bytes and lengths out.
  formats: [],
  // What is heard in a file, whatever it's for.
  sound: ['formats'],
  enrich: [],
  // Compares songs with what services and the library have.
  ear: ['enrich', 'history', 'matching', 'providers', 'sound'],
  // Its conversions and tags are those of downloads.
  library: ['history', 'downloads', 'enrich', 'formats', 'sound', 'ear'],
  // What was heard is stored.
  history: ['sound'],
  automation: ['sources', 'spotify', 'downloads', 'library', 'history'],
  doctor: ['providers', 'downloads'],
  update: [],
};
const featureRooms = Object.keys(features);
/** The parts of ui/ that are interfaces or words, which features may know. */
const ports = ['ui/prompter.ts', 'ui/progress.ts', 'ui/safe-text.ts'];

const arrows: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['main.ts', 'ui', 'system'],
  // The entry of the npm package, beside index.ts.
  npm: ['main.ts', ...ground],
  // Which of the two it is to be.
  'main.ts': ['commands', 'menus', 'ui', 'system', ...ground],
  'app.ts': ['ui', 'system', ...featureRooms, ...ground],
  commands: ['demo', 'views', 'engine', 'ui', 'system', ...featureRooms, ...ground],
  menus: ['views', 'engine', 'ui', 'system', ...featureRooms, ...ground],
  // What commands and menus show alike.
  views: ['engine', 'ui', 'system', ...featureRooms, ...ground],
  engine: ['system', ...featureRooms, ...ground],
  ...Object.fromEntries(featureRooms.map((room) => [room, [...(features[room] ?? []), 'system', ...ground]])),
  ui: ground,
  // The stand-ins know the words of the house, and nothing that they stand in for.
  demo: ['system', ...ground],
  system: ground,
  config: ['tracks', 'errors.ts'],
  tracks: ['errors.ts'],
  'errors.ts': ['error-table.ts'],
  'error-table.ts': ['account-errors.ts'],
  'account-errors.ts': [],
};

/** Where the arguments or the menu ask for an app: they alone know it, and hand out the parts of it. */
const beginnings = ['commands/program.ts', 'menus/main.ts'];

function mayLead(from: string, to: string, typeOnly: boolean): boolean {
  const room = roomOf(from);
  if (roomOf(to) === room || arrows[room]?.includes(roomOf(to)) === true) return true;
  if (to === 'app.ts') return beginnings.includes(from) || (from === 'main.ts' && typeOnly);
  // What a provider finds is told in the words of matching/: types alone.
  if (room === 'providers' && to === 'matching/candidate.ts') return typeOnly;
  return ports.includes(to) && (room === 'engine' || featureRooms.includes(room));
}

test('the sources are found', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.find((file) => file.path === 'downloads/run-job.ts')?.imports.length).toBeGreaterThan(5);
});

test('every room of the house is known', () => {
  expect(
    [...new Set(files.map((file) => roomOf(file.path)))].filter((room) => arrows[room] === undefined),
  ).toEqual([]);
});

test('arrows lead only where they may', () => {
  const broken = files.flatMap((file) =>
    file.imports
      .filter(({ to, typeOnly }) => isOurs(to) && !mayLead(file.path, to, typeOnly))
      .map(({ to }) => `${file.path} -> ${to}`),
  );
  expect(broken).toEqual([]);
});

test('every import of a file of ours leads to one', () => {
  const lost = files.flatMap((file) =>
    file.imports
      .filter(({ to }) => to.endsWith('.ts') && !isOurs(to))
      .map(({ to }) => `${file.path} -> ${to}`),
  );
  expect(lost).toEqual([]);
});

test('no file leads back to itself, on whatever way, also where only a type is taken', () => {
  expect(circles().map((circle) => circle.join(' -> '))).toEqual([]);
});

/** Files that import each other round about, by Tarjan's strongly connected components. */
function circles(): readonly (readonly string[])[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const numbers = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    const number = numbers.size;
    numbers.set(path, number);
    let low = number;
    open.push(path);
    for (const { to } of byPath.get(path)?.imports ?? []) {
      if (!byPath.has(to)) continue;
      if (!numbers.has(to)) low = Math.min(low, visit(to));
      else if (open.includes(to)) low = Math.min(low, numbers.get(to) ?? low);
    }
    if (low === number) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) found.push(circle);
    }
    return low;
  };
  for (const { path } of files) if (!numbers.has(path)) visit(path);
  return found;
}

test('the tree of commands, which every press of Tab makes, loads what commands do only when they run', () => {
  const heavy =
    /^(?:app\.ts|config\/schema\.ts|history\/store\.ts|(?:views|engine(?!\/export-wish)|library|downloads|matching)\/|zod$)/;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const ways = new Map([['commands/program.ts', 'commands/program.ts']]);
  for (const [path, way] of ways) {
    for (const { to, typeOnly, onDemand } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly && !onDemand && !ways.has(to)) ways.set(to, `${way} -> ${to}`);
    }
  }
  expect([...ways].filter(([path]) => heavy.test(path)).map(([, way]) => way)).toEqual([]);
});

/** Packages and modules that only some rooms may import. */
const keepers: readonly [RegExp, readonly string[]][] = [
  [/^undici$/, ['system']],
  [/^node:child_process$/, ['system']],
  [/^node:sqlite$/, ['system']],
  [/^yt-dlp-wrap$/, ['providers/ytdlp']],
  [/^fluent-ffmpeg$/, ['downloads', 'library']],
  [/^@inquirer\//, ['ui']],
  [/^@?fastify/, ['auth-server']],
];

test.each(keepers)('%s is imported by %j alone', (name, rooms) => {
  const broken = files
    .filter(
      (file) =>
        !rooms.some((room) => file.path.startsWith(`${room}/`)) &&
        file.imports.some(({ to }) => name.test(to)),
    )
    .map((file) => file.path);
  expect(broken).toEqual([]);
});

/** Every file that starts programs, with what gives them their clean environment. */
const starters: Readonly<Record<string, RegExp>> = {
  'system/process.ts': /\bspawn\(file, \[\.\.\.args\], \{\s*\.\.\.childSpawnOptions\(/,
  // It gets none at all.
  'system/watchdog.ts': /\benv: \{\},/,
  'system/end-for-sure.ts': /\benv: \{ PATH: process\.env\['PATH'\] \},/,
  'providers/ytdlp/process.ts':
    /\{\s*\.\.\.childSpawnOptions\(\{ env \}\),\s*stdio: [^;]+;[^;]+\.exec\([^;]+, options /,
  'downloads/ffmpeg.ts': /\bstartOurWay\(command,/,
  // A child itself, and clean already.
  'auth/open-page.ts': /\bawait open\(/,
};

test('programs are started by these files alone, and with a clean environment', () => {
  const starts = /^(?:node:)?(?:child_process|cluster|worker_threads)$|^(?:open|yt-dlp-wrap|fluent-ffmpeg)$/;
  const found = files
    .filter((file) => file.imports.some(({ to, typeOnly }) => starts.test(to) && !typeOnly))
    .map((file) => file.path);
  expect(found.toSorted()).toEqual(Object.keys(starters).toSorted());
  const calls = /\b(?:spawn|spawnSync|exec|execFile|execSync|execFileSync|fork)\((?!\))/g;
  for (const [path, clean] of Object.entries(starters)) {
    const text = readFileSync(join(src, path), 'utf8');
    expect(text, path).toMatch(clean);
    if (path === 'system/process.ts') {
      expect(text.match(calls)).toHaveLength(text.match(/\.\.\.childSpawnOptions\(/g)?.length ?? 0);
    }
  }
});

test('only ui/, the entry, the first start and the build of the package print', () => {
  // The streams are handed to ui/ where the app is made.
  const joins = (path: string, use: string): boolean => path === 'app.ts' && /^process\.std\w+$/.test(use);
  const free = (path: string): boolean =>
    ['ui', 'index.ts'].includes(roomOf(path)) || ['doctor/set-up.ts', 'npm/build/package.ts'].includes(path);
  const printing = /^(?:console\.\w+|process\.(?:stdout|stderr)(?:\.write)?)$/;
  const broken = files
    .filter((file) => !free(file.path))
    .flatMap((file) =>
      file.uses
        .filter((use) => printing.test(use) && !joins(file.path, use))
        .map((use) => `${file.path}: ${use}`),
    );
  expect(broken).toEqual([]);
});

/** The files that decide: no module of Node, no clock, no chance. */
const pure: readonly RegExp[] = [
  /^(?:account-errors|errors|error-table)\.ts$/,
  /^tracks\//,
  /^automation\/(?:cron-fields|list-changes|recipes|sync-plan|backup\/(?:manifest|rotation))\.ts$/,
  /^library\/(?:convert\/(?:carried-tags|held-tags|plan)|copy\/car-text|verify\/findings)\.ts$/,
  /^matching\/(?!cached-finder|find-match|overrides|review)/,
  /^providers\/(?:provider|soundcloud\/links|youtube\/(?:links|music-json|music-response))\.ts$/,
  /^providers\/ytdlp\/(?:argument-failure|arguments|failures|music|output|proxy-secret|whose)\.ts$/,
  /^downloads\/(?:after-failure|completed-track|conversion-plan|ffmpeg-cut|file-names|job-events|layout|m3u8|pacing|progress-state|report|settings|stage|tag-fields|time-left|work)\.ts$/,
  /^library\/organise\/(?:names|order|renames|wanted)\.ts$/,
  /^library\/duplicates\/(?:better-copy|group)\.ts$/,
  /^library\/adopt\/(?:guess-keys|match-owned|plan-adoption)\.ts$/,
  /^sound\/(?:alike|bits|candidates|listener|measurement|pack-fingerprint|replay-gain)\.ts$/,
  /^ear\/(?:agreement|align|ear|judge|speed-grid|speed-words|witnesses\/(?:acoustid|deezer)-answers)\.ts$/,
  /^history\/delta\.ts$/,
  /^library\/enrich\/merge-tags\.ts$/,
  /^enrich\/(?:enricher|lyrics\/(?:lrc|records)|sponsorblock\/segments|musicbrainz\/(?:agreement|albums|answers|changes|credits|facts-of|genres|pick-recording|pick-release|place-songs|questions|song))\.ts$/,
  /^engine\/(?:choice|doubles|estimate|export-wish|old-file-shapes|plan|retry|sync-summary|wish)\.ts$/,
  /^system\/(?:abort|child-environment|redact|retry-delay|service-pace|split-lines)\.ts$/,
  /^sources\/(?:artists|clean-text|column-shapes|columns|field-values|m3u-entries|media-link|music-services|numbering|row-to-track|song-line|song-text|write-songs)\.ts$/,
  /^spotify\/(?:api-error|links|retry|schemas|to-track)\.ts$/,
  /^history\/(?:(?:later-)?schema|leaving|trusted-time)\.ts$/,
  /^commands\/completion\/(?:line|scripts)\.ts$/,
  /^config\/(?:(?!other)[\w-]+-settings|addresses|audio-formats|backup-settings|config-version|extra-args|ffmpeg-options|former-settings|held-config|layouts|rules|schedule|schedule-words|schema|template-setting|version-key|ytdlp-arguments|ytdlp-options)\.ts$/,
  /^ui\/(?:pick-keys|pick-state|progress|progress-text|prompter|row-filter|show-reading)\.ts$/,
  /^views\/(?:choose-songs|plan-text|summary-text)\.ts$/,
];

test('every line of the list of pure files means some file', () => {
  expect(pure.filter((name) => !files.some((file) => name.test(file.path))).map(String)).toEqual([]);
});

test('pure files import no module of Node, read no clock and draw no lots', () => {
  const impure = /^(?:Date\.now|Math\.random|new Date\(\)|performance\.now|crypto\.\w+|process\.\w+)$/;
  const broken = files
    .filter((file) => pure.some((name) => name.test(file.path)))
    .flatMap((file) => [
      ...file.imports.filter(({ to }) => to.startsWith('node:')).map(({ to }) => `${file.path} -> ${to}`),
      ...file.uses.filter((use) => impure.test(use)).map((use) => `${file.path}: ${use}`),
    ]);
  expect(broken).toEqual([]);
});

test('pure files import only pure files of ours', () => {
  const isPure = (path: string): boolean => pure.some((name) => name.test(path));
  // Pure in what is taken from it: one regexp of node:util.
  const excused = ['ui/safe-text.ts'];
  const broken = files
    .filter((file) => isPure(file.path))
    .flatMap((file) =>
      file.imports
        .filter(({ to, typeOnly }) => isOurs(to) && !typeOnly && !isPure(to) && !excused.includes(to))
        .map(({ to }) => `${file.path} -> ${to}`),
    );
  expect(broken).toEqual([]);
});

/** The single providers: a room of their own each. What they share is in ytdlp/. */
const providerRoom = /^providers\/(?!ytdlp\/)([^/]+)\//;

test('a single provider is known to providers/providers.ts alone', () => {
  // Files hold links of theirs, whoever is asked: what reads them is pure.
  const excused = ['soundcloud', 'youtube'].map(
    (name) => `sources/media-link.ts -> providers/${name}/links.ts`,
  );
  const broken = files
    .filter((file) => file.path !== 'providers/providers.ts')
    .flatMap((file) =>
      file.imports
        .filter(({ to }) => {
          const [, room] = providerRoom.exec(to) ?? [];
          return room !== undefined && providerRoom.exec(file.path)?.[1] !== room;
        })
        .map(({ to }) => `${file.path} -> ${to}`),
    );
  expect(broken.filter((arrow) => !excused.includes(arrow))).toEqual([]);
});

test('matching knows of providers/ what a provider is, and nothing else', () => {
  const broken = files
    .filter((file) => roomOf(file.path) === 'matching')
    .flatMap((file) =>
      file.imports
        .filter(
          ({ to, typeOnly }) => roomOf(to) === 'providers' && !(to === 'providers/provider.ts' && typeOnly),
        )
        .map(({ to }) => `${file.path} -> ${to}`),
    );
  expect(broken).toEqual([]);
});

test('no file is longer than 250 lines', () => {
  expect(files.filter((file) => file.lines > 250).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
});

test('no function is 60 lines or longer', () => {
  const long = files.flatMap(({ path, functions }) =>
    functions.filter(({ lines }) => lines >= 60).map((found) => ({ path, ...found })),
  );
  expect(long).toEqual([]);
});

test('no room is called after nothing', () => {
  const nothing = /(?:^|\/)(?:utils?|helpers?|common|core|misc|shared|lib)(?:\/|\.ts$)/;
  expect(files.filter((file) => nothing.test(file.path)).map((file) => file.path)).toEqual([]);
});
