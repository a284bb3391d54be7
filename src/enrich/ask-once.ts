import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Http, HttpRequest, HttpResponse } from '../system/http.ts';
import { askedWaitMs } from '../system/service-pace.ts';

/** What came of a question to a service. */
export type ServiceAnswer =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'none' }
  /** It won't answer this one, however often it's asked. `value` is what it says about that, where it's JSON. */
  | { readonly kind: 'refused'; readonly status: number; readonly value?: unknown };

/** The address of a question, with what is sent there as a form where it's too long or too secret for an address. */
export type Question = string | { readonly url: string; readonly form: URLSearchParams };

export interface AskParts {
  readonly http: Pick<Http, 'request'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Sent with every request. */
  readonly userAgent: string;
  /** For messages: "MusicBrainz". */
  readonly name: string;
  /** For the whole answer. Without it, only silence ends a request. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/**
 * No answer: the service can't be reached or says what nobody understands (`away`), has too much to do (`busy`), or takes
 * nothing from here (`barred`). `waitMs` is what it asked for.
 */
export interface NoAnswer {
  readonly why: 'away' | 'busy' | 'barred';
  readonly error: unknown;
  readonly waitMs?: number | undefined;
}

/** GET, or POST for a form, as JSON: one request, without waiting. @throws the signal's reason */
export async function askOnce(
  { http, clock, userAgent, name, timeoutMs, maxBytes }: AskParts,
  question: Question,
  signal: AbortSignal,
): Promise<{ readonly answer: ServiceAnswer } | NoAnswer> {
  const inTime = timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  let response: HttpResponse;
  try {
    const limits = maxBytes === undefined ? {} : { maxBytes };
    response = await http.request({ ...requestOf(question, userAgent), signal: inTime, ...limits });
  } catch (error) {
    signal.throwIfAborted();
    return { why: 'away', error: inTime.aborted ? tooSlow(name) : error };
  }
  const { status, headers, body } = response;
  const busy = (text: string): HarmoniError =>
    new HarmoniError('service-busy', `${name} ${text} (${status}).`);
  if (status === 200) {
    const value = jsonOf(body);
    // A front proxy may say "busy" in HTML, and call it 200.
    return value === undefined
      ? { why: 'away', error: notUnderstood(name) }
      : { answer: { kind: 'found', value } };
  }
  // A page that isn't there is told in HTML, and a thing that isn't there in JSON or a word.
  if (status === 404)
    return body.includes('<') ? { why: 'away', error: notUnderstood(name) } : { answer: { kind: 'none' } };
  if (status === 429 || status >= 500)
    return { why: 'busy', error: busy('is too busy to answer'), waitMs: askedWaitMs(headers, clock.now()) };
  // 403 is for the program, and not for the question.
  if (status === 403) return { why: 'barred', error: busy("doesn't accept requests from here") };
  return { answer: { kind: 'refused', status, value: jsonOf(body) } };
}

function requestOf(question: Question, userAgent: string): HttpRequest {
  const headers = { accept: 'application/json', 'user-agent': userAgent };
  if (typeof question === 'string') return { url: question, headers };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    url: question.url,
    method: 'POST',
    headers: { ...headers, ...type },
    body: question.form.toString(),
  };
}

function notUnderstood(name: string): HarmoniError {
  return new HarmoniError('response-not-understood', `${name} sent an answer that isn't JSON.`);
}

function tooSlow(name: string): HarmoniError {
  return new HarmoniError('network-timeout', `${name} took too long to answer.`);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
