import { Type } from 'typebox'
import { type Routes, recordAct, Text, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { LinkedPage } from './channels.page.tsx'
import { endChannelTrust, listBindings, unbind } from './channels.sql.ts'
import { channels } from './definitions.ts'

/** What is linked to one's account, and how it ends. */
export const linkedRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const nameOf = (id: string): Text => pack.find(channels, id)?.name ?? { en: id, 'zh-Hant': id }

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'The other platforms that are linked to my account',
      response: {
        200: Type.Object({
          bindings: Type.Array(
            Type.Object({
              id: Type.String(),
              name: Text,
              direction: Type.String(),
              level: Type.String(),
              boundAt: Type.String(),
              usedAt: Type.String(),
            }),
          ),
        }),
      },
    },
  }
  app.get('/account/channels', list, async ({ person }, reply) => {
    const found = await listBindings(app.sql, person!.id)
    return reply.page({ bindings: found.map((each) => ({ ...each, name: nameOf(each.channel) })) }, LinkedPage)
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
      const ended = await unbind(sql, personId, request.params.binding)
      if (!ended) throw problem('channel-not-linked')
      const organisation = pack.find(channels, ended.channel)?.organisation
      if (ended.direction === 'inbound' && organisation) await endChannelTrust(sql, personId, organisation)
      await recordAct(sql, request, {
        event: 'identity.channel-unlinked',
        subject: `person/${personId}`,
        detail: { channel: ended.channel },
      })
    })
    return reply.redirect(withLanguage(pack.government, request.language, '/account/channels'), 303)
  })
}
