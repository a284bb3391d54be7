import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from './http-server.ts';

/**
 * How a file is served: not at all, with one wrong byte, only its first half as if that were all, cut in the middle the
 * first time or each time, silent from the middle on, or by a redirect to another host that has it.
 */
export type Fault = 'missing' | 'wrong' | 'truncated' | 'cut once' | 'cut always' | 'silent' | 'elsewhere';

/** A server of files as nodejs.org, GitHub, PyPI and npm are, with Range and with faults. */
export interface Publisher {
  readonly url: string;
  /** "PATH" or "PATH from BYTE", in the order of the requests. */
  readonly requests: string[];
  readonly put: (path: string, body: Buffer | string, contentType?: string) => void;
  /** All paths that contain the text are served so from now on. */
  readonly fault: (part: string, fault: Fault | undefined) => void;
}

interface Served {
  readonly body: Buffer;
  readonly contentType: string;
}

export async function startPublisher(): Promise<Publisher> {
  const files = new Map<string, Served>();
  const faults = new Map<string, Fault>();
  const requests: string[] = [];
  const cut = new Set<string>();

  const faultOf = (path: string): Fault | undefined =>
    Array.from(faults).find(([part]) => path.includes(part))?.[1];
  const answer = (request: IncomingMessage, response: ServerResponse, elsewhere?: string): void => {
    const path = decodeURIComponent(request.url ?? '');
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (elsewhere !== undefined) requests.push(from > 0 ? `${path} from ${from}` : path);
    const fault = elsewhere === undefined ? undefined : faultOf(path);
    const file = files.get(path);
    if (file === undefined || fault === 'missing') {
      response.writeHead(404).end('<html>Not found</html>');
      return;
    }
    if (fault === 'elsewhere') {
      response.writeHead(302, { location: `${elsewhere ?? ''}${path}` }).end();
      return;
    }
    serve(response, file, from, fault === 'cut once' && cut.has(path) ? undefined : fault);
    cut.add(path);
  };

  const other = await startServer((request, response) => answer(request, response));
  const url = await startServer((request, response) => answer(request, response, other));
  return {
    url,
    requests,
    put: (path, body, contentType = 'application/octet-stream') =>
      void files.set(path, { body: Buffer.from(body), contentType }),
    fault(part, fault) {
      if (fault === undefined) faults.delete(part);
      else faults.set(part, fault);
    },
  };
}

function serve(response: ServerResponse, file: Served, from: number, fault: Fault | undefined): void {
  const whole = fault === 'truncated' ? file.body.subarray(0, file.body.length / 2) : Buffer.from(file.body);
  if (fault === 'wrong') whole[whole.length - 1] = (whole.at(-1) ?? 0) ^ 1;
  if (from > whole.length) {
    response.writeHead(416).end();
    return;
  }
  const rest = whole.subarray(from);
  const range = from > 0 ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {};
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': file.contentType,
    'content-length': rest.length,
    'accept-ranges': 'bytes',
    ...range,
  });
  if (fault === 'silent') response.write(rest.subarray(0, rest.length / 2));
  else if (fault === 'cut once' || fault === 'cut always') {
    // The half is to arrive before the connection breaks, also on a machine that is busy.
    response.write(rest.subarray(0, rest.length / 2), () => setTimeout(() => response.destroy(), 200));
  } else response.end(rest);
}

export const sha256 = (body: Buffer | string): string => createHash('sha256').update(body).digest('hex');

/** Puts files of a Python package on the index at /simple, as HTML. */
export function putPackage(
  publisher: Publisher,
  name: string,
  wheels: Readonly<Record<string, Buffer>>,
): void {
  const lines = Object.entries(wheels).map(([fileName, body]) => {
    publisher.put(`/files/${fileName}`, body);
    return `<a href="../../files/${fileName}#sha256=${sha256(body)}" data-requires-python="&gt;=3.9">${fileName}</a><br />`;
  });
  publisher.put(
    `/simple/${name}/`,
    `<!DOCTYPE html><html><body>${lines.join('\n')}</body></html>`,
    'text/html',
  );
}
