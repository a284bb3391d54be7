/** A request to the stand-in, read whole. */
export interface DemoRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The form in the body; empty when there is none. */
  readonly form: URLSearchParams;
}

export interface DemoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): DemoAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function textAnswer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): DemoAnswer {
  return { status, headers: { 'content-type': 'text/plain', ...headers }, body };
}

export function htmlAnswer(status: number, body: string): DemoAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** An error of the Web API. */
export function apiError(
  status: number,
  message: string,
  more: { readonly reason?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): DemoAnswer {
  const reason = more.reason === undefined ? {} : { reason: more.reason };
  return jsonAnswer(status, { error: { status, message, ...reason } }, more.headers);
}
