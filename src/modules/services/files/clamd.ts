import { connect, type Socket } from 'node:net'

/** What clamd says of a file. Whatever is neither of these is a failure, and thrown. */
export type Scanned = { clean: true } | { clean: false; name: string }

export const clamdLimits = { timeoutMs: 60_000, chunkOctets: 64 * 1024, answerOctets: 4096 }

/** Asks clamd (docs.clamav.net, “clamd”) whether there is a virus in some bytes. `address` is `host:port` or the path of a socket. */
export async function scanBytes(address: string, bytes: Uint8Array, limits = clamdLimits): Promise<Scanned> {
  const socket = openSocket(address)
  const timer = setTimeout(
    () => socket.destroy(new Error(`clamd did not answer in ${limits.timeoutMs} ms`)),
    limits.timeoutMs,
  )
  try {
    const answer = await ask(socket, bytes, limits)
    if (answer === 'stream: OK') return { clean: true }
    const name = /^stream: (.{1,200}) FOUND$/.exec(answer)?.[1]
    if (name) return { clean: false, name }
    throw new Error(`clamd answered “${answer.slice(0, 200)}”`)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

/** A path begins with a slash; an IPv6 address stands in brackets. */
function openSocket(address: string): Socket {
  if (address.startsWith('/')) return connect({ path: address })
  const at = address.lastIndexOf(':')
  return connect({ host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) })
}

/** INSTREAM: chunks, each after its length in four octets, and a length of nothing at the end. It answers up to a NUL. */
function ask(socket: Socket, bytes: Uint8Array, { chunkOctets, answerOctets }: typeof clamdLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0)
    socket
      .on('error', reject)
      .on('close', () => reject(new Error('clamd hung up without an answer')))
      .on('data', (piece: Buffer) => {
        answer = Buffer.concat([answer, piece])
        const end = answer.indexOf(0)
        if (end !== -1) resolve(answer.toString('utf8', 0, end))
        else if (answer.length > answerOctets) reject(new Error('clamd answers without end'))
      })
    socket.write('zINSTREAM\0')
    for (let at = 0; at < bytes.length; at += chunkOctets) {
      const chunk = bytes.subarray(at, at + chunkOctets)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(chunk.length)
      socket.write(length)
      socket.write(chunk)
    }
    socket.write(Buffer.alloc(4))
  })
}
