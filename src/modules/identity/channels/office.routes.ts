import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Person, type Routes, recordAct, type Sql, Text } from '#platform'
import { type Act, doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { ChannelId } from '../types.ts'
import {
  findWaitingChange,
  insertChange,
  isUnchanged,
  listWaitingChannels,
  type NewChange,
  openChannel,
} from './changes.sql.ts'
import { findConnection, listConnections } from './channels.sql.ts'
import { type Channel, channels } from './definitions.ts'
import { OfficeChannelPage, OfficeChannelsPage, officeWords } from './office.page.tsx'
import { pointOf } from './sm2.ts'

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
const Waiting = Type.Object({
  id: Type.String(),
  protocol: Type.String(),
  address: Type.String(),
  clientId: Type.String(),
  hasSecret: Type.Boolean(),
  peerKey: Type.Union([Type.String(), Type.Null()]),
  open: Type.Boolean(),
  askedBy: Type.Object({ name: Text }),
  askedAt: Type.String(),
  /** Who asked takes it back, and does not approve it. */
  own: Type.Boolean(),
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
  waiting: Type.Union([Waiting, Type.Null()]),
  mistakes: Type.Array(Type.Object({ field: Type.String(), text: Text })),
})
type OneChannel = Static<typeof OneChannel>

/** Where officers of the platform agree with another platform how it is reached. */
export const officeChannelRoutes: Routes = async (app) => {
  const { vault, pack, address } = app.installation

  const list = {
    config: { access: permission, level: 2 } as const,
    schema: {
      summary: 'The channels of the pack, and which are open',
      response: {
        200: Type.Object({
          channels: Type.Array(
            Type.Object({ id: Type.String(), name: Text, state: Type.String(), waiting: Type.Boolean() }),
          ),
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
    const waiting = await listWaitingChannels(app.sql)
    const found = pack
      .list(channels)
      .map(({ id, name }) => ({ id, name, state: stateOf(id), waiting: waiting.includes(id) }))
    return reply.page({ channels: found }, OfficeChannelsPage)
  })

  function getChannel(id: string): Channel {
    const channel = pack.find(channels, id)
    if (!channel) throw problem('channel-not-found')
    return channel
  }

  const show = {
    config: { access: permission, level: 2, freshSeconds: 1800 } as const,
    schema: { summary: 'How a channel is reached', params: Params, response: { 200: OneChannel } },
  }
  /** What the page of a channel shows: how it is reached, or what was typed instead, and which change waits. */
  async function pageOf(
    channel: Channel,
    person: Person,
    typed?: Pick<OneChannel, 'values' | 'mistakes'>,
  ): Promise<OneChannel> {
    const [connection, change] = await Promise.all([
      findConnection(app.sql, vault, channel.id),
      findWaitingChange(app.sql, channel.id),
    ])
    const { protocol = 'openid', clientId = '', peerKey = '', open = false } = connection ?? {}
    return {
      channel,
      values: { protocol, clientId, peerKey, open, address: connection?.address ?? '' },
      hasSecret: connection?.secret !== undefined,
      publicKey: connection?.signingKey?.publicKey ?? null,
      callback: `${address}/sign-in/channels/${channel.id}/callback`,
      waiting: change ? { ...change, own: change.askedBy.id === person.id } : null,
      mistakes: [],
      ...typed,
    }
  }

  app.get('/office/channels/:channel', show, async ({ params, person }, reply) =>
    reply.page(await pageOf(getChannel(params.channel), person!), OfficeChannelPage),
  )

  const change = {
    config: {
      access: permission,
      level: 2,
      freshSeconds: 3600,
      event: ['identity.channel-changed', 'identity.channel-change-asked'],
    } as const,
    schema: {
      summary: 'Ask another officer to approve how a channel is reached; open or close it as it is',
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
    const mistakes = mistakesOf(values)
    if (mistakes.length > 0)
      return reply.code(422).page(await pageOf(channel, request.person!, { values, mistakes }), OfficeChannelPage)
    const { id: askedBy } = request.person!
    const secret = request.body.secret?.trim()
    const asked = {
      id: channel.id,
      protocol,
      address: values.address,
      clientId: values.clientId,
      ...(secret && { secret }),
      ...(values.peerKey && { peerKey: values.peerKey }),
    }
    const act = await app.sql.begin((sql) => keep(sql, request, { ...asked, open: values.open, askedBy }))
    return reply.redirect(doneAt(request, `/office/channels/${channel.id}`, act), 303)
  })
}

/** Opens or closes a channel at once where nothing else is asked; anything else waits for another officer. */
async function keep(sql: Sql, request: FastifyRequest, { open, askedBy, ...asked }: NewChange): Promise<Act> {
  const { vault } = request.server.installation
  const unchanged = await isUnchanged(sql, vault, asked)
  // Nobody waits for another to close it.
  if (unchanged || !open) await openChannel(sql, asked.id, open, askedBy)
  if (!unchanged) await insertChange(sql, vault, { ...asked, open, askedBy })
  const act = unchanged ? 'channel-changed' : 'channel-change-asked'
  const detail = { protocol: asked.protocol, open }
  await recordAct(sql, request, { event: `identity.${act}`, subject: `office/channels/${asked.id}`, detail })
  return act
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
