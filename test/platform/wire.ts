import { connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'
import { byPort } from '#test'

/** A way to the database that can be cut and mended. */
export async function aWire(url: string) {
  const target = new URL(byPort(url))
  const { hostname, port } = target
  const sockets = new Set<Socket>()
  let whole = true
  let asked = 0
  const server = createServer((near) => {
    asked += 1
    if (!whole) return near.resetAndDestroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  target.port = String((server.address() as { port: number }).port)
  /** `reset` is how a machine that was started anew speaks of connections that it does not know. */
  const cut = (how: 'end' | 'reset' = 'end') => {
    whole = false
    for (const socket of sockets) how === 'reset' ? socket.resetAndDestroy() : socket.destroy()
    sockets.clear()
  }
  const mend = () => {
    whole = true
  }
  /** How many connections were asked for, made or refused. */
  return { url: target.href, cut, mend, asked: () => asked }
}
