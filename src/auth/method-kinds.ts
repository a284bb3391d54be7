/** The names of the ways to sign in, in the order of methods.ts: every command line offers them, and few sign in. */
export const signInKinds = ['pkce', 'pairing', 'authorization-code', 'token-swap', 'device'] as const;
