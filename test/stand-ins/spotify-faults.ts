import {
  apiError,
  htmlAnswer,
  textAnswer,
  type DemoAnswer,
  type DemoRequest,
} from '../../src/demo/spotify-exchange.ts';

/** What comes in place of the right answer, or of its second half. */
export type DemoFault =
  | { readonly kind: 'answer'; readonly answer: DemoAnswer }
  /** The connection is torn before an answer. */
  | { readonly kind: 'reset' }
  /** The right answer, its JSON cut in half. */
  | { readonly kind: 'torn-json' }
  /** The connection is torn in the middle of the right answer. */
  | { readonly kind: 'torn-body' };

const answer = (value: DemoAnswer): DemoFault => ({ kind: 'answer', answer: value });
const retryAfter = (seconds: number | undefined): Readonly<Record<string, string>> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };

/** Spotify's failures, with the texts that were seen of them. */
export const spotifyFaults = {
  tokenExpired: (): DemoFault =>
    answer(
      apiError(401, 'The access token expired', {
        headers: { 'www-authenticate': 'Bearer realm="spotify", error="invalid_token"' },
      }),
    ),
  forbidden: (): DemoFault => answer(apiError(403, 'Forbidden')),
  premiumLapsed: (): DemoFault =>
    answer(
      apiError(
        403,
        'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.',
      ),
    ),
  userNotRegistered: (): DemoFault => answer(apiError(403, 'User not registered in the Developer Dashboard')),
  userNotRegisteredAsText: (): DemoFault =>
    answer(textAnswer(403, 'User not registered in the Developer Dashboard')),
  scopeMissing: (): DemoFault => answer(apiError(403, 'Insufficient client scope')),
  notFound: (): DemoFault => answer(apiError(404, 'Resource not found')),
  rateLimited: (seconds?: number): DemoFault =>
    answer(apiError(429, 'API rate limit exceeded', { headers: retryAfter(seconds) })),
  rateLimitedAsText: (seconds?: number): DemoFault =>
    answer(textAnswer(429, 'Too many requests', retryAfter(seconds))),
  quotaExceeded: (seconds?: number): DemoFault =>
    answer(apiError(429, 'Too many requests', { reason: 'QUOTA_EXCEEDED', headers: retryAfter(seconds) })),
  serverError: (status: 500 | 502 | 503 | 504): DemoFault => answer(apiError(status, 'Server error')),
  html: (status: number): DemoFault => answer(htmlAnswer(status, '<html><h1>upstream error</h1></html>')),
  emptyBody: (status: number): DemoFault => answer(textAnswer(status, '')),
  reset: (): DemoFault => ({ kind: 'reset' }),
  tornJson: (): DemoFault => ({ kind: 'torn-json' }),
  tornBody: (): DemoFault => ({ kind: 'torn-body' }),
} as const;

export interface FaultRule {
  readonly fault: DemoFault;
  /** Path and query must match; default all. */
  readonly when?: RegExp;
  /** This many matching requests pass first; default 0. */
  readonly after?: number;
  /** This many get the fault; default 1. */
  readonly times?: number;
}

/** Faults to be played, in the order in which they were planned. */
export interface FaultPlan {
  play(rule: FaultRule): void;
  /** The fault of this request. */
  next(request: DemoRequest): DemoFault | undefined;
  clear(): void;
}

export function createFaultPlan(): FaultPlan {
  let rules: { rule: FaultRule; passed: number; played: number }[] = [];
  return {
    play(rule) {
      rules.push({ rule, passed: 0, played: 0 });
    },
    next(request) {
      const target = `${request.path}?${request.query.toString()}`;
      for (const entry of rules) {
        if (entry.rule.when?.test(target) === false || entry.played >= (entry.rule.times ?? 1)) continue;
        if (entry.passed < (entry.rule.after ?? 0)) {
          entry.passed += 1;
          continue;
        }
        entry.played += 1;
        return entry.rule.fault;
      }
      return undefined;
    },
    clear() {
      rules = [];
    },
  };
}
