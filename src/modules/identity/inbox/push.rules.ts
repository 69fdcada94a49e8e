import { BlockList, isIP } from 'node:net'

// What is not on the public internet: RFC 6890 and its successors, in both families.
const closed = new BlockList()
// biome-ignore format: matrix
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15],
  ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
const closed6 = new BlockList()
// Tunnels and documentation inside the global range; an address of IPv4 hidden in one leads anywhere.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(net, bits, 'ipv6')

/** Whether a network address is one that anybody on the internet could reach. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !closed6.check(address, 'ipv6')
}

/**
 * Whether `text` may be the address of a push service: HTTPS on its own port, by a name, with no login in it. To which
 * machine the name leads is looked at when the connection is made, as a name may lead elsewhere by then.
 */
export function isPushEndpoint(text: string): boolean {
  if (text.length > 1000 || !URL.canParse(text)) return false
  const { protocol, port, hostname, username, password, hash } = new URL(text)
  if (protocol !== 'https:' || port || username || password || hash) return false
  return (
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/.test(hostname) &&
    !/\.(local|internal|localhost|home\.arpa)$/.test(hostname)
  )
}
