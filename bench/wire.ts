import { connect } from 'node:net'

/**
 * One connection that sends a request after the other, with as little work of its own as can be: who measures a server on the
 * same machine takes from it what the client costs. `next` is the whole request; `answered` gets status and milliseconds.
 */
export function onOneConnection(
  port: number,
  { next, until, answered }: { next: () => Buffer; until: number; answered: (status: number, ms: number) => void },
): Promise<void> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let asked = 0
    let held: Buffer = Buffer.alloc(0)
    const ask = () => {
      asked = performance.now()
      socket.write(next())
    }
    socket.once('connect', ask).once('error', failed)
    socket.on('data', (data: Buffer) => {
      held = held.length > 0 ? Buffer.concat([held, data]) : data
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = held.subarray(0, end).toString('latin1')
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) return failed(new Error(head))
      if (held.length < end + 4 + length) return
      held = Buffer.alloc(0)
      answered(Number(head.slice(9, 12)), performance.now() - asked)
      if (performance.now() < until) ask()
      else {
        socket.destroy()
        done()
      }
    })
  })
}
