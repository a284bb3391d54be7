import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges in which an IPv4 address is wrapped that decides: mapped, and translated by NAT64 (RFC 6052). */
const wrapping: ReadonlySet<string> = new Set(['ipv4Mapped', 'rfc6052']);

/**
 * Whether an address is one of the internet: not this machine, not its network, and no other special range of the
 * registries of IANA. What ipaddr.js does not call unicast is none.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (wrapping.has(range)) return isPublicAddress(parsed.toByteArray().slice(12).join('.'));
  return range === 'unicast';
}

/** The host of a URL, when it is an address by itself, for which nothing is looked up. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : undefined;
}

/**
 * Looks a name up for a connection and hands on only public addresses. The connection is made to what was checked, so
 * a name that answers otherwise the second time gains nothing.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const open = error === null ? addresses.filter(({ address }) => isPublicAddress(address)) : [];
    const [first] = open;
    if (error !== null || first === undefined) {
      done(error ?? Object.assign(new Error('not a public address'), { code: 'EACCES' }), '', 0);
    } else if (options.all === true) done(null, open);
    else done(null, first.address, first.family);
  });
};
