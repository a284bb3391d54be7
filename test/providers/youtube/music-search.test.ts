import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttp } from '../../../src/system/http.ts';
import type { Candidate } from '../../../src/matching/candidate.ts';
import { searchMusic } from '../../../src/providers/youtube/music-search.ts';
import { startServer } from '../../helpers/http-server.ts';
import { page, row, shelf } from './music-rows.ts';

const answer = JSON.stringify(page(shelf(row({ videoId: 'aaaaaaaaaaa', title: 'Song' }))));

async function search(
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  kind: 'isrc' | 'songs' | 'videos' = 'songs',
  signal = new AbortController().signal,
): Promise<Candidate[]> {
  const http = createHttp();
  onTestFinished(() => http.close());
  return searchMusic(http, `${await startServer(respond)}/`, kind, 'a "song"\n--x', signal);
}

test.each([
  ['isrc', undefined],
  ['songs', 'EgWKAQIIAWoMEA4QChADEAQQCRAF'],
  ['videos', 'EgWKAQIQAWoMEA4QChADEAQQCRAF'],
] as const)('a search for %s is one POST in English, without a cookie', async (kind, params) => {
  const requests: { request: IncomingMessage; body: unknown }[] = [];
  const found = await search((request, response) => {
    void text(request).then((body) => {
      requests.push({ request, body: JSON.parse(body) });
      response.end(answer);
    });
  }, kind);
  expect(found.map(({ media }) => media.id)).toEqual(['aaaaaaaaaaa']);
  expect(requests).toHaveLength(1);
  const [{ request, body } = { request: undefined, body: undefined }] = requests;
  expect(request?.url).toBe('/youtubei/v1/search?prettyPrint=false');
  expect(request?.method).toBe('POST');
  expect(request?.headers.cookie).toBeUndefined();
  expect(body).toMatchObject({
    query: 'a "song"\n--x',
    context: { client: { clientName: 'WEB_REMIX', hl: 'en' } },
  });
  expect(body).toMatchObject(params === undefined ? {} : { params });
  expect(JSON.stringify(body).includes('"params"')).toBe(params !== undefined);
});

describe('an answer', () => {
  test.each([302, 400, 403, 404, 429, 500, 503])('of status %d is a refusal', async (status) => {
    const refused = search((_request, response) => response.writeHead(status).end());
    await expect(refused).rejects.toMatchObject({
      code: 'music-blocked',
      message: expect.stringContaining(String(status)) as string,
    });
  });

  test('that is a web page (consent) is a refusal', async () => {
    const refused = search((_request, response) =>
      response.end('\n <!doctype html><title>Before you continue</title>'),
    );
    await expect(refused).rejects.toMatchObject({ code: 'music-blocked' });
  });

  test.each(['', 'no JSON', '{"contents":', ")]}'\n{}"])('of %j is not understood', async (body) => {
    await expect(search((_request, response) => response.end(body))).rejects.toMatchObject({
      code: 'response-not-understood',
    });
  });

  test.each(['{}', '[]', 'null', '{"contents":{}}'])('of %j has no results', async (body) => {
    expect(await search((_request, response) => response.end(body))).toEqual([]);
  });

  test('that is torn off is no answer', async () => {
    const torn = search((_request, response) => {
      response.writeHead(200, { 'Content-Length': '9999' }).write('{', () => response.destroy());
    });
    await expect(torn).rejects.toMatchObject({ code: 'network-unreachable' });
  });
});

test('an aborted search ends with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  await expect(search(() => controller.abort(reason), 'songs', controller.signal)).rejects.toBe(reason);
});
