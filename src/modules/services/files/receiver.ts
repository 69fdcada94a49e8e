import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Installation, openHold } from '#platform'
import type { FileKind } from '../definitions/form.ts'
import { problem } from '../problems.ts'
import { openInspector } from './inspector.ts'
import type { FileType } from './kinds.rules.ts'
import { nameOf } from './names.rules.ts'
import { holdLimits, receiveFile } from './receive.ts'
import type { Refused } from './refusals.ts'

export type Sent = { name: string; type: FileType; bytes: Buffer }
type Receive = (
  request: FastifyRequest,
  kinds: readonly FileKind[],
  keep: (sent: Sent) => Promise<Refused | undefined>,
) => Promise<Refused | undefined>

const opened = new WeakMap<Installation, Receive>()

/**
 * Receives the one file of a form, looks into it apart from this process, and hands it to `keep`; answers why it was not taken. One for
 * each process, as it bounds what all files hold that are being received, for whatever they are sent.
 */
export function receiverOf(app: FastifyInstance): Receive {
  const known = opened.get(app.installation)
  if (known) return known
  const inspector = openInspector()
  app.addHook('onClose', async () => inspector.close())
  const hold = openHold({
    ...holdLimits,
    full: (held) => problem('files-busy', { detail: `${held} octets are held` }),
    yours: () => problem('files-of-yours'),
  })
  const receive: Receive = (request, kinds, keep) =>
    hold(async (take) => {
      const received = await receiveFile(request, take)
      if ('refusal' in received) return received
      const { bytes } = received
      const found = await inspector.inspect(bytes, kinds)
      if ('refusal' in found) return found
      return keep({ name: nameOf(received.name, found.type), type: found.type, bytes })
    }, request.ip)
  opened.set(app.installation, receive)
  return receive
}
