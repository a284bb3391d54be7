import type { ServerResponse } from 'node:http';
import type { SoundCloudAnyFailure } from './soundcloud-failures.ts';

export const json = 'application/json; charset=utf-8';

/** HTML, text, a picture or something that becomes JSON; undefined is 404. */
export function send(
  response: ServerResponse,
  type: string,
  body: string | Buffer | object | undefined,
  status = 200,
): void {
  const found = body !== undefined;
  response.writeHead(found ? status : 404, { 'content-type': type });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {}));
}

/** What goes wrong whatever was asked. */
export function failAny(response: ServerResponse, failure: SoundCloudAnyFailure): void {
  switch (failure) {
    case 'forbidden':
      send(response, json, {}, 403);
      return;
    case 'not-found':
      send(response, json, {}, 404);
      return;
    case 'too-many-requests':
      send(response, json, { errors: [{ meta: rateLimit }] }, 429);
      return;
    case 'server-error':
      send(response, json, {}, 500);
      return;
    case 'html':
      send(response, 'text/html; charset=utf-8', '<!DOCTYPE html><title>Please wait</title>');
      return;
    case 'rubbish':
      send(response, json, '{"collection": [');
      return;
    case 'reset':
      // Where there is no answer at all, urllib3 says that the proxy cannot be reached.
      response.writeHead(200, { 'content-type': json, 'content-length': 1_000 });
      response.write('{', () => response.destroy());
      return;
    case 'silence':
      return;
  }
}

const rateLimit = {
  rate_limit: { group: 'plays', max_nr_of_requests: 600, time_window: 'PT10M', name: 'plays' },
  remaining_requests: 0,
  reset_time: '2026/01/01 12:10:00 +0000',
};
