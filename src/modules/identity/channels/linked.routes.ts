import { Type } from 'typebox'
import { type Routes, recordAct, type Sql, Text } from '#platform'
import { Waits } from '../account/protection.page.tsx'
import { findProtection, refuseWaiting } from '../account/protection.sql.ts'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { countWaysIn } from '../passkeys/passkeys.sql.ts'
import { findPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { tellingLevel } from '../proofing/tell-level.ts'
import { hasOpenChannel } from '../sign-in/sign-in.sql.ts'
import { LinkedPage } from './channels.page.tsx'
import { endChannelTrust, listBindings, unbind } from './channels.sql.ts'
import { channels } from './definitions.ts'
import { endOutboundTrust } from './outbound.sql.ts'

/** What is linked to one's account, and how it ends. */
export const linkedRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const nameOf = (id: string): Text => pack.find(channels, id)?.name ?? { en: id, 'zh-Hant': id }

  /** The link that is the only way into an account; undefined where there is another. Locks the person in a transaction. */
  async function findLastWayIn(sql: Sql, personId: string): Promise<string | undefined> {
    const { passkeys, codes } = await countWaysIn(sql, personId)
    const inbound = (await listBindings(sql, personId)).filter(({ direction }) => direction === 'inbound')
    if (passkeys + codes > 0 || inbound.length !== 1) return undefined
    const madeUp = app.demonstration && (await findPerson(sql, personId))?.demonstration
    return madeUp ? undefined : inbound[0]!.id
  }

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'The other platforms that are linked to my account',
      response: {
        200: Type.Object({
          /** Whether there is a platform through which one may sign in, and so link. */
          open: Type.Boolean(),
          bindings: Type.Array(
            Type.Object({
              id: Type.String(),
              name: Text,
              direction: Type.String(),
              level: Type.String(),
              boundAt: Type.String(),
              usedAt: Type.String(),
              /** Whether it is the only way into the account, and cannot be unlinked. */
              last: Type.Boolean(),
            }),
          ),
          waits: Waits,
        }),
      },
    },
  }
  app.get('/account/channels', list, async (request, reply) => {
    const { id } = request.person!
    const waits = (await findProtection(app.sql, app.installation, request)) ?? null
    const found = await listBindings(app.sql, id)
    const last = await findLastWayIn(app.sql, id)
    const bindings = found.map((each) => ({ ...each, name: nameOf(each.channel), last: each.id === last }))
    return reply.page({ bindings, open: await hasOpenChannel(app.sql), waits }, LinkedPage)
  })

  const unlink = {
    config: { access: 'signed-in', event: 'identity.channel-unlinked' },
    schema: {
      summary: 'Unlink another platform from my account',
      params: Type.Object({ binding: Type.String({ format: 'uuid' }) }),
    },
  }
  app.post('/account/channels/:binding/unlink', unlink, async (request, reply) => {
    const personId = request.person!.id
    await app.sql.begin(async (sql) => {
      await refuseWaiting(sql, request)
      if ((await findLastWayIn(sql, personId)) === request.params.binding) throw problem('channel-last-way-in')
      const ended = await unbind(sql, personId, request.params.binding)
      if (!ended) throw problem('channel-not-linked')
      const { channel, direction } = ended
      const organisation = pack.find(channels, channel)?.organisation
      if (direction === 'outbound') await endOutboundTrust(sql, personId, channel)
      else if (organisation) await tellingLevel(sql, personId, () => endChannelTrust(sql, personId, organisation))
      await recordAct(sql, request, {
        event: 'identity.channel-unlinked',
        subject: `person/${personId}`,
        detail: { channel, direction },
      })
      await sendAlert(sql, { personId, kind: 'channel-unlinked', values: { channel: nameOf(channel) } })
    })
    return reply.redirect(doneAt(request, '/account/channels', 'channel-unlinked'), 303)
  })
}
