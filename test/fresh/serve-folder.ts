/** `node test/fresh/serve-folder.ts FOLDER`: serves its files on a free port of this machine, and prints the address. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? '.');

async function answer(url: string, response: ServerResponse): Promise<void> {
  const path = join(folder, basename(url));
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-length': file.size });
  createReadStream(path).pipe(response);
}

const server = createServer((request, response) => void answer(request.url ?? '', response));
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a TCP port has an AddressInfo.
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
