import { Type } from 'typebox'
import { queueJob, type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { tellingLevel } from '../proofing/tell-level.ts'
import { ChannelId } from '../types.ts'
import { decideChange } from './changes.sql.ts'
import { withdrawChannelProof } from './channels.sql.ts'
import { channels } from './definitions.ts'
import { tellLinkedJob } from './tell-linked.ts'

/** What becomes of a change that an officer asked for: another one approves it, and any refuses it or takes it back. */
export const channelChangeRoutes: Routes = async (app) => {
  const { vault, pack } = app.installation

  const decide = {
    config: {
      access: 'identity:manage-channel',
      level: 2,
      freshSeconds: 3600,
      event: ['identity.channel-change-approved', 'identity.channel-change-refused'],
    } as const,
    schema: {
      summary: 'Approve or refuse how another officer wants a channel to be reached',
      params: Type.Object({ channel: ChannelId, change: Type.String({ format: 'uuid' }) }),
      body: Type.Object({ answer: Type.Union([Type.Literal('approve'), Type.Literal('refuse')]) }),
    },
  }
  app.post('/office/channels/:channel/changes/:change', decide, async (request, reply) => {
    const { change } = request.params
    const channel = pack.find(channels, request.params.channel)
    if (!channel) throw problem('channel-not-found')
    const by = request.person!.id
    const approved = request.body.answer === 'approve'
    const act = approved ? 'channel-change-approved' : 'channel-change-refused'
    await app.sql.begin(async (sql) => {
      const outcome = await decideChange(sql, vault, { change, channel: channel.id, by, approved })
      if (outcome === 'own') throw problem('needs-another')
      if (outcome === 'gone') throw problem('channel-change-gone')
      const subject = `office/channels/${channel.id}`
      const { askedBy } = outcome
      await recordAct(sql, request, { event: `identity.${act}`, subject, detail: { change, askedBy } })
      if (!approved) return
      // What it said of the two until now was said by a channel in which they had no part; from now on it is not.
      for (const personId of [askedBy, by].sort())
        await tellingLevel(sql, personId, () => withdrawChannelProof(sql, personId, channel.organisation))
      await queueJob(sql, tellLinkedJob, { channel: channel.id })
    })
    return reply.redirect(doneAt(request, `/office/channels/${channel.id}`, act), 303)
  })
}
