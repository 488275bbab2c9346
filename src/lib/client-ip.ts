import { BlockList, isIP, isIPv6, SocketAddress } from "node:net";

/** The peer of a unix socket: a proxy on this machine with access to the socket file, and so always trusted. */
export const UNIX_SOCKET = "unix";

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv4");
}
PRIVATE.addAddress("::1", "ipv6");
PRIVATE.addSubnet("fc00::", 7, "ipv6");
PRIVATE.addSubnet("fe80::", 10, "ipv6");

/** Whether an address is loopback, private, link-local or of a carrier's NAT (RFC 1918, 3927, 4193, 6598). */
export function isPrivateIp(address: string): boolean {
  const client = unify(address);
  return isIP(client) !== 0 && PRIVATE.check(client, isIPv6(client) ? "ipv6" : "ipv4");
}

/** Whether an address is loopback: 127.0.0.0/8 or ::1, also in its IPv4-mapped form. */
export function isLoopbackIp(address: string): boolean {
  const client = unify(address);
  return client === "::1" || (isIP(client) === 4 && client.startsWith("127."));
}

/** Whether an address belongs to a proxy whose `X-Forwarded-For` is trusted. */
export type TrustedProxies = (address: string) => boolean;

/** More proxies in a row than this are not a real deployment. */
const MAX_HOPS = 32;

/** An IPv6 address with brackets, scope and port is shorter than this. */
const MAX_HOP_LENGTH = 100;

/** The part of the address space that one customer of a provider may own, and how many times the limit of a client it has. */
const IPV6_RANGES = [
  { bits: 64, factor: 1 },
  { bits: 48, factor: 16 },
] as const;

/** Reads addresses and ranges (`10.0.0.0/8`, `::1`). Throws a RangeError that names the first one that is neither. */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix, ...rest] = range.split("/");
    const version = isIP(address);
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
    if (!version || rest.length > 0 || !/^\d+$/.test(prefix ?? "0") || bits < 0 || bits > (version === 6 ? 128 : 32)) {
      throw new RangeError(range);
    }
    list.addSubnet(address, bits, version === 6 ? "ipv6" : "ipv4");
  }
  return (address) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Whether the peer of a connection is a proxy whose `X-Forwarded-For` is trusted. */
export function isTrustedPeer(peer: string, trusted: TrustedProxies): boolean {
  return peer === UNIX_SOCKET || trusted(unify(peer));
}

/**
 * The client of a request: the socket's peer, or, if the peer is a trusted proxy, the right-most hop of `X-Forwarded-For`
 * that is not one. Hops further left were written by the client and are not reliable.
 */
export function clientIp(peer: string, forwardedFor: string | null, trusted: TrustedProxies): string {
  let client = unify(peer);
  let rest = forwardedFor ?? "";
  for (let hops = 0; hops < MAX_HOPS && (client === UNIX_SOCKET || trusted(client)); hops += 1) {
    const comma = rest.lastIndexOf(",");
    const written = rest.slice(comma + 1);
    const hop = written.length > MAX_HOP_LENGTH ? "" : unify(written.trim());
    if (!isIP(hop)) return client;
    client = hop;
    rest = rest.slice(0, Math.max(comma, 0));
  }
  return client;
}

/** The prefixes that rate limits count a client by: an IPv4 address, or the /64 and the /48 of an IPv6 address. */
export function clientIpRanges(address: string): Array<{ range: string; factor: number }> {
  const client = unify(address);
  if (!isIPv6(client)) return [{ range: client, factor: 1 }];
  const groups = expandIPv6(client);
  return IPV6_RANGES.map(({ bits, factor }) => ({
    range: `${groups.slice(0, bits / 16).join(":")}::/${bits}`,
    factor,
  }));
}

/** One spelling per address: `::ffff:192.0.2.1` is an IPv4 client; a port or scope (`%eth0`) is left out. */
function unify(address: string): string {
  const host = /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, "$1");
  const bare = host.split("%")[0] ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(bare)) return bare;
  const canonical = new SocketAddress({ address: bare, family: "ipv6" }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(canonical)?.[1] ?? canonical;
}

function expandIPv6(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right];
}
