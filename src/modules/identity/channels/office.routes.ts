import { Type } from 'typebox'
import { type Routes, recordAct, Text } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { ChannelId } from '../types.ts'
import { findConnection, listConnections, upsertConnection } from './channels.sql.ts'
import { type Channel, channels } from './definitions.ts'
import { OfficeChannelPage, OfficeChannelsPage, officeWords } from './office.page.tsx'
import { generateSm2Key, pointOf } from './sm2.ts'

const permission = 'identity:manage-channel'
const Params = Type.Object({ channel: ChannelId })
const protocols = ['openid', 'envelope'] as const

const Values = Type.Object({
  protocol: Type.String(),
  address: Type.String(),
  clientId: Type.String(),
  peerKey: Type.String(),
  open: Type.Boolean(),
})
const OneChannel = Type.Object({
  channel: Type.Object({
    id: Type.String(),
    name: Text,
    about: Text,
    levels: Type.Array(Type.Object({ theirs: Type.String(), ours: Type.Integer(), about: Text })),
  }),
  values: Values,
  hasSecret: Type.Boolean(),
  publicKey: Type.Union([Type.String(), Type.Null()]),
  callback: Type.String(),
  mistakes: Type.Array(Type.Object({ field: Type.String(), text: Text })),
})

/** Where officers of the platform agree with another platform how it is reached. */
export const officeChannelRoutes: Routes = async (app) => {
  const { vault, pack, address } = app.installation

  const list = {
    config: { access: permission },
    schema: {
      summary: 'The channels of the pack, and which are open',
      response: {
        200: Type.Object({
          channels: Type.Array(Type.Object({ id: Type.String(), name: Text, state: Type.String() })),
        }),
      },
    },
  }
  app.get('/office/channels', list, async (_, reply) => {
    const connections = new Map((await listConnections(app.sql, vault)).map((each) => [each.id, each]))
    const stateOf = (id: string) => {
      const connection = connections.get(id)
      return connection ? (connection.open ? 'open' : 'closed') : 'absent'
    }
    const found = pack.list(channels).map(({ id, name }) => ({ id, name, state: stateOf(id) }))
    return reply.page({ channels: found }, OfficeChannelsPage)
  })

  function getChannel(id: string): Channel {
    const channel = pack.find(channels, id)
    if (!channel) throw problem('channel-not-found')
    return channel
  }

  const show = {
    config: { access: permission, freshSeconds: 1800 },
    schema: { summary: 'How a channel is reached', params: Params, response: { 200: OneChannel } },
  }
  app.get('/office/channels/:channel', show, async ({ params }, reply) => {
    const channel = getChannel(params.channel)
    const connection = await findConnection(app.sql, vault, channel.id)
    const { protocol = 'openid', clientId = '', peerKey = '', open = false } = connection ?? {}
    const values = { protocol, clientId, peerKey, open, address: connection?.address ?? '' }
    return reply.page(
      {
        channel,
        values,
        hasSecret: connection?.secret !== undefined,
        publicKey: connection?.signingKey?.publicKey ?? null,
        callback: `${address}/sign-in/channels/${channel.id}/callback`,
        mistakes: [],
      },
      OfficeChannelPage,
    )
  })

  const change = {
    config: { access: permission, freshSeconds: 3600, event: 'identity.channel-changed' },
    schema: {
      summary: 'Set up a channel, open or close it',
      params: Params,
      body: Type.Object({
        protocol: Type.Union(protocols.map((each) => Type.Literal(each))),
        address: Type.String({ maxLength: 2000 }),
        clientId: Type.String({ maxLength: 200 }),
        secret: Type.Optional(Type.String({ maxLength: 500 })),
        peerKey: Type.Optional(Type.String({ maxLength: 2000 })),
        open: Type.Optional(Type.String({ maxLength: 10 })),
      }),
    },
  }
  app.post('/office/channels/:channel', change, async (request, reply) => {
    const channel = getChannel(request.params.channel)
    const { protocol } = request.body
    const values = {
      protocol,
      address: request.body.address.trim(),
      clientId: request.body.clientId.trim(),
      peerKey: (request.body.peerKey ?? '').trim(),
      open: request.body.open !== undefined,
    }
    const before = await findConnection(app.sql, vault, channel.id)
    const mistakes = mistakesOf(values)
    if (mistakes.length > 0)
      return reply.code(422).page(
        {
          channel,
          values,
          hasSecret: before?.secret !== undefined,
          publicKey: null,
          callback: `${address}/sign-in/channels/${channel.id}/callback`,
          mistakes,
        },
        OfficeChannelPage,
      )
    const secret = request.body.secret?.trim()
    await app.sql.begin(async (sql) => {
      await upsertConnection(
        sql,
        vault,
        {
          id: channel.id,
          protocol,
          address: values.address,
          clientId: values.clientId,
          open: values.open,
          ...(secret && { secret }),
          ...(values.peerKey && { peerKey: values.peerKey }),
          ...(protocol === 'envelope' && { signingKey: generateSm2Key() }),
        },
        request.person!.id,
      )
      await recordAct(sql, request, {
        event: 'identity.channel-changed',
        subject: `office/channels/${channel.id}`,
        detail: { protocol, open: values.open },
      })
    })
    return reply.redirect(doneAt(request, `/office/channels/${channel.id}`, 'channel-changed'), 303)
  })
}

/** What is not as it has to be, by field. Plain HTTP is for a platform on this machine, as in tests. */
function mistakesOf(values: { protocol: string; address: string; clientId: string; peerKey: string }) {
  const url = URL.canParse(values.address) ? new URL(values.address) : undefined
  const safe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
  const mistakes: { field: string; text: Text }[] = []
  if (!safe || url?.username || url?.hash) mistakes.push({ field: 'address', text: officeWords.wrongAddress })
  if (!values.clientId) mistakes.push({ field: 'clientId', text: officeWords.noClientId })
  if (values.protocol === 'envelope' && !pointOf(values.peerKey))
    mistakes.push({ field: 'peerKey', text: officeWords.wrongKey })
  return mistakes
}
