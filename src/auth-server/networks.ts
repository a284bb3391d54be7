import ipaddr from 'ipaddr.js';

export type NetworkSort = 'address' | 'household' | 'site' | 'region';

/** A network that an address belongs to. */
export interface Network {
  readonly sort: NetworkSort;
  /** Unlike that of any other network. */
  readonly key: string;
}

/**
 * In bits. Of IPv6 one computer has a /64 to itself, a household mostly a /56, and whoever asks for it a /48; a /32 is a
 * provider. Of IPv4 a /24 is what can be rented in one piece.
 */
const sizes: Readonly<Record<'ipv4' | 'ipv6', readonly (readonly [NetworkSort, number])[]>> = {
  ipv6: [
    ['address', 64],
    ['household', 56],
    ['site', 48],
    ['region', 32],
  ],
  ipv4: [
    ['address', 32],
    ['site', 24],
    ['region', 16],
  ],
};

/**
 * The networks that an address belongs to, the smallest first. A limit that counts one of them alone is none: who has a
 * /56 has 256 of the /64. Text that is no address is a network by itself.
 */
export function networksOf(address: string): readonly Network[] {
  const bare = address.split('%')[0] ?? '';
  if (!ipaddr.isValid(bare)) return [{ sort: 'address', key: `text ${address.slice(0, 64)}` }];
  // An IPv4 address that is written as IPv6 is the IPv4 address.
  const parsed = ipaddr.process(bare);
  const bytes = parsed.toByteArray();
  return sizes[parsed.kind()].map(([sort, bits]) => ({
    sort,
    key: `${parsed.kind()} ${bytes.slice(0, bits / 8).join('.')}/${bits}`,
  }));
}
