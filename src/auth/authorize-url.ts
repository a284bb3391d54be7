export interface AuthorizeRequest {
  readonly accountsUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** None: what every app may see. */
  readonly scopes: readonly string[];
  readonly state: string;
  /** Ask also somebody who has agreed before; default true. */
  readonly showDialog?: boolean;
  /** What a method adds, such as its code challenge. */
  readonly extra?: Readonly<Record<string, string>>;
}

/**
 * The page on which a person agrees (RFC 6749, 4.1.1). `show_dialog` makes Spotify ask even when it was asked before,
 * so that one can change the account and see what is granted.
 */
export function authorizeUrl(request: AuthorizeRequest): string {
  const url = new URL(`${request.accountsUrl.replace(/\/+$/, '')}/authorize`);
  url.search = new URLSearchParams({
    client_id: request.clientId,
    response_type: 'code',
    redirect_uri: request.redirectUri,
    ...(request.scopes.length === 0 ? {} : { scope: request.scopes.join(' ') }),
    state: request.state,
    ...(request.showDialog === false ? {} : { show_dialog: 'true' }),
    ...request.extra,
  }).toString();
  return url.href;
}
