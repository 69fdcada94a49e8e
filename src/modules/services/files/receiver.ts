import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Installation, openHold, type Take } from '#platform'
import type { FileKind } from '../definitions/form.ts'
import { problem } from '../problems.ts'
import { openInspector } from './inspector.ts'
import type { FileType } from './kinds.rules.ts'
import { nameOf } from './names.rules.ts'
import { holdLimits, type Received, receiveFile, receiveForm } from './receive.ts'
import type { Refused } from './refusals.ts'

export type Sent = { name: string; type: FileType; bytes: Buffer }
type Receive = (
  request: FastifyRequest,
  kinds: readonly FileKind[],
  keep: (sent: Sent) => Promise<Refused | undefined>,
) => Promise<Refused | undefined>

/** The same for a form in which other fields stand beside the file, or no file does; they are put into `fields`. */
type ReceiveForm = (
  request: FastifyRequest,
  fields: Map<string, string>,
  keep: (sent: Sent) => Promise<Refused | undefined>,
) => Promise<Refused | undefined>

const opened = new WeakMap<Installation, { receive: Receive; receiveForm: ReceiveForm }>()

/**
 * Receives the one file of a form, looks into it apart from this process, and hands it to `keep`; answers why it was not taken. One for
 * each process, as it bounds what all files hold that are being received, for whatever they are sent.
 */
export const receiverOf = (app: FastifyInstance): Receive => open(app).receive

export const formReceiverOf = (app: FastifyInstance): ReceiveForm => open(app).receiveForm

function open(app: FastifyInstance): { receive: Receive; receiveForm: ReceiveForm } {
  const known = opened.get(app.installation)
  if (known) return known
  const inspector = openInspector()
  app.addHook('onClose', async () => inspector.close())
  const hold = openHold({
    ...holdLimits,
    full: (held) => problem('files-busy', { detail: `${held} octets are held` }),
    yours: () => problem('files-of-yours'),
  })
  const look = (
    ip: string,
    kinds: readonly FileKind[],
    read: (take: Take) => Promise<Received | Refused>,
    keep: Parameters<Receive>[2],
  ) =>
    hold(async (take) => {
      const received = await read(take)
      if ('refusal' in received) return received
      const { bytes } = received
      const found = await inspector.inspect(bytes, kinds)
      if ('refusal' in found) return found
      return keep({ name: nameOf(received.name, found.type), type: found.type, bytes })
    }, ip)
  const both = {
    receive: ((request, kinds, keep) =>
      look(request.ip, kinds, (take) => receiveFile(request, take), keep)) satisfies Receive,
    receiveForm: ((request, fields, keep) =>
      receiveForm(request, fields, (read) => look(request.ip, [], read, keep))) satisfies ReceiveForm,
  }
  opened.set(app.installation, both)
  return both
}
