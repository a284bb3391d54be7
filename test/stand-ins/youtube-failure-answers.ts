import type { ServerResponse } from 'node:http';
import type { Catalogue } from '../../src/demo/catalogue.ts';
import { musicAnswer } from '../../src/demo/music-search.ts';
import { jsonAnswer, sendJson, type YouTubeAnswer } from '../../src/demo/youtube-answers.ts';
import type { YouTubeCall } from '../../src/demo/youtube-calls.ts';
import { searchAnswer } from './innertube-search.ts';
import { withPartsMissing } from './parts-missing.ts';
import { isPlayerFailure, type AnyFailure, type FailureRule } from './youtube-failures.ts';
import { refusalAnswer } from './youtube-refusals.ts';

/** The answer where a player refuses or a search fails; the usual one where the failure is about something else. */
export function createFailureAnswers(
  catalogue: Catalogue,
): (
  call: YouTubeCall,
  failure: FailureRule['failure'],
  usual: () => Promise<YouTubeAnswer>,
) => Promise<YouTubeAnswer> {
  return async (call, failure, usual) => {
    if (failure === 'no-results') {
      return jsonAnswer(call.kind === 'music' ? musicAnswer({ videos: [] }, call.params) : searchAnswer([]));
    }
    const video = catalogue.find(call.videoId ?? '');
    if (isPlayerFailure(failure) && video !== undefined) return jsonAnswer(refusalAnswer(video, failure));
    const answer = await usual();
    return failure === 'parts-missing' && answer.kind === 'json'
      ? jsonAnswer(withPartsMissing(answer.json))
      : answer;
  };
}

/** What may happen to any request, whatever it asks. */
export function failAnyhow(response: ServerResponse, failure: AnyFailure): void {
  const refuse = (code: number, message: string): void =>
    sendJson(response, code, { error: { code, message } });
  switch (failure) {
    case 'forbidden':
      refuse(403, 'The caller does not have permission');
      return;
    case 'too-many-requests':
      refuse(429, 'Resource has been exhausted (e.g. check quota).');
      return;
    case 'server-error':
      refuse(500, 'Internal error encountered.');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Before you continue to YouTube</title>');
      return;
    case 'rubbish':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"contents": [');
      return;
    case 'reset':
      response.destroy();
      return;
    case 'silence':
      return;
  }
}
