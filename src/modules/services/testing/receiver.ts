// A system of a department that takes messages of webhooks, as one that others write would.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export type Taken = { headers: IncomingHttpHeaders; body: string; path: string }

/** Answers 200 until `answer` is set to something else; whatever was taken stands in `taken`, in its order. */
export async function aReceiver() {
  const taken: Taken[] = []
  const receiver = {
    taken,
    answer: (response: ServerResponse, _taken: Taken): void => {
      response.end()
    },
    url: '',
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { headers, url: path = '' } = request
      const message = { headers, body: Buffer.concat(parts).toString(), path }
      taken.push(message)
      receiver.answer(response, message)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/praya`
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver
}
