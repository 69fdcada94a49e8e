import { connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'

/** What goes wrong with a connection to the database, and when. */
export type Break = {
  /** At this statement from now on, the first being 1. `begin` and `commit` are statements too. */
  at: number
  /** `unheard`: the server never gets it. `done`: the server has done it, and the caller never hears that. */
  when: 'unheard' | 'done'
  /**
   * `cut`: both ends learn that the connection is gone. `killed`: the server’s process for it is. `vanished`: the caller is
   * gone without a word, as a machine without power, and the server waits for it until `forget` is called.
   */
  how: 'cut' | 'killed' | 'vanished'
}

type Message = { type: string; bytes: Buffer }

/** A way to the database that breaks at a statement. It reads PostgreSQL’s own protocol, so that nothing else is in between. */
export async function aFaultyWire(url: string, kill: (backend: number) => Promise<unknown>) {
  const target = new URL(url)
  const { hostname, port } = target
  const vanished = new Set<Socket>()
  let armed: Break | undefined
  let counted = 0
  let fired = 0
  /** The break that is due at the statement that begins now. */
  const due = (): Break | undefined => {
    counted += 1
    if (!armed || counted < armed.at) return undefined
    const found = armed
    armed = undefined
    fired += 1
    return found
  }
  const server = createServer((near) =>
    join(near, connect(Number(port), hostname), { due, kill, vanish: (far) => vanished.add(far) }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  target.port = String((server.address() as { port: number }).port)
  return {
    url: target.href,
    arm(next: Break) {
      armed = next
      counted = 0
    },
    disarm() {
      armed = undefined
    },
    /** How many breaks have happened. */
    fired: () => fired,
    /** The server learns at last that those who vanished are gone. */
    forget() {
      for (const far of vanished) far.destroy()
      vanished.clear()
    },
  }
}

export type FaultyWire = Awaited<ReturnType<typeof aFaultyWire>>

type Means = {
  due: () => Break | undefined
  kill: (backend: number) => Promise<unknown>
  vanish: (far: Socket) => void
}

/** Joins one connection of a caller to one of the server, message by message. */
function join(near: Socket, far: Socket, { due, kill, vanish }: Means): void {
  let backend = 0
  /** Statements that were handed on whole, and the server’s words that it is ready for the next: one more, for the start. */
  let ends = 0
  let readies = 0
  let inStatement = false
  let found: Break | undefined
  let broken: Break['how'] | undefined
  /** The server’s word of which the caller hears nothing any more, nor of what comes before it. */
  let lastReady = Number.POSITIVE_INFINITY

  function breakDown({ how }: Break): void {
    broken = how
    if (how === 'killed') void kill(backend).catch(() => far.destroy())
    else near.resetAndDestroy()
    if (how === 'cut') far.end()
    if (how === 'vanished') vanish(far)
  }

  const hear = eachMessage(true, ({ type, bytes }) => {
    if (broken || lastReady !== Number.POSITIVE_INFINITY) return
    if (!'pX'.includes(type)) {
      if (!inStatement) found = due()
      inStatement = true
      if (found?.when === 'unheard') return breakDown(found)
      if ('SQ'.includes(type)) {
        inStatement = false
        ends += 1
        if (found) lastReady = ends + 1
      }
    }
    far.write(bytes)
  })
  const answer = eachMessage(false, ({ type, bytes }) => {
    if (broken && broken !== 'killed') return
    if (type === 'K') backend = bytes.readInt32BE(5)
    const isHushed = !broken && readies + 1 >= lastReady
    if (type === 'Z') readies += 1
    if (!broken && found && readies === lastReady) return breakDown(found)
    if (!isHushed) near.write(bytes)
  })
  // Messages go out one by one, and none may wait for the answer to the one before it.
  for (const each of [near, far]) each.setNoDelay(true)
  near.on('data', hear).on('error', () => {})
  far.on('data', answer).on('error', () => {})
  near.on('close', () => broken !== 'vanished' && far.end())
  far.on('close', () => near.end())
}

/** Calls back for each whole message. The first of a caller has no letter before its length: that counts as a `p`. */
function eachMessage(fromCaller: boolean, take: (message: Message) => void) {
  let rest = Buffer.alloc(0)
  let letters = fromCaller ? 0 : 1
  return (piece: Buffer) => {
    rest = Buffer.concat([rest, piece])
    while (rest.length >= letters + 4) {
      const end = letters + rest.readUInt32BE(letters)
      if (rest.length < end) return
      const bytes = rest.subarray(0, end)
      rest = rest.subarray(end)
      take({ type: letters === 0 ? 'p' : String.fromCharCode(bytes[0]!), bytes })
      letters = 1
    }
  }
}
