import { Type } from 'typebox'
import { type Routes, simplify } from '#platform'
import { leadTo } from '../forms.ts'
import { findCurrentDefinition } from '../versions/versions.sql.ts'
import { editService } from '../webhooks/ours.ts'
import { nameOf, pageOf, readText, type Sent } from './controls.rules.ts'
import { changeDraft, designPath, draftPath, getDraft } from './drafts.ts'
import { type Pointer, valueAt } from './pointers.rules.ts'
import { TextsPage } from './texts.page.tsx'
import { filterTexts, type PlacedText, whereOf } from './texts.rules.ts'
import { AtDesign, AtTexts, DesignBody, TextsData } from './types.ts'

const textsMax = 40

/** All texts of a definition, in every language side by side. */
export const textsRoutes: Routes = async (app) => {
  const { sql } = app

  const all = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'All texts of a service as it is written, in every language side by side',
      params: AtDesign,
      querystring: AtTexts,
      response: { 200: TextsData },
    },
  }
  app.get(`${designPath}/:service/texts`, all, async (request, reply) => {
    const { show = 'all', from = 0, saved } = request.query
    const draft = await getDraft(request, request.params.service)
    const before = await findCurrentDefinition(sql, draft.service)
    const found = filterTexts(draft.definition, before, show)
    const data: TextsData = {
      ...{ service: draft.service, title: nameOf(draft.definition, draft.service), show, from, count: found.length },
      texts: found.slice(from, from + textsMax).map((each) => shown(draft.definition, each)),
      ...{ lost: 0, state: saved ? 'saved' : 'open' },
    }
    reply.header('cache-control', 'no-store')
    return reply.page(data, TextsPage)
  })

  const write = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-changed' },
    schema: {
      summary: 'Change texts of a service, each by its JSON Pointer and language',
      params: AtDesign,
      querystring: AtTexts,
      body: DesignBody,
      response: { 303: Type.Null(), 409: TextsData },
    },
  }
  app.post(`${designPath}/:service/texts`, write, async (request, reply) => {
    const { service } = request.params
    const { show = 'all', from = 0 } = request.query
    const sent: Sent = request.body
    const lost: PlacedText[] = []
    await changeDraft(request, service, (definition) => {
      for (const place of filterTexts(definition, undefined, 'all')) {
        const seen = sent[`${place.pointer}#`]
        if (seen === undefined) continue
        const typed = { text: {} }
        readText(typed, { pointer: '/text' }, rename(sent, place.pointer))
        if (JSON.stringify(typed.text) === JSON.stringify(order(place.text))) continue
        if (seen === seenOf(place.text)) readText(definition, place, sent)
        else lost.push({ ...place, text: typed.text })
      }
      return ''
    })
    if (lost.length === 0)
      return leadTo(request, reply, `${draftPath(service)}/texts?show=${show}&from=${from}&saved=yes`)
    const { definition } = await getDraft(request, service)
    const texts = lost.map((each) => ({
      ...shown(definition, each),
      seen: seenOf((valueAt(definition, each.pointer) ?? {}) as PlacedText['text']),
    }))
    const data: TextsData = {
      ...{ service, title: nameOf(definition, service), show, from, count: texts.length, texts },
      ...{ lost: lost.length, state: 'changed' },
    }
    return reply.code(409).page(data, TextsPage)
  })
}

const order = ({ en, 'zh-Hant': hant, 'zh-Hans': hans }: PlacedText['text']) => ({
  ...(en && { en }),
  ...(hant && { 'zh-Hant': hant }),
  ...(hans && { 'zh-Hans': hans }),
})
const seenOf = (text: PlacedText['text']) => JSON.stringify(order(text))

/** The controls of one text, as if it stood at `/text`. */
const rename = (sent: Sent, pointer: Pointer): Sent =>
  Object.fromEntries(
    ['en', 'zh-Hant', 'zh-Hans'].map((language) => [`/text/${language}`, sent[`${pointer}/${language}`] ?? '']),
  )

const shown = (definition: object, { pointer, text, long }: PlacedText): TextsData['texts'][number] => ({
  ...{ pointer, text, long, page: pageOf(pointer), where: whereOf(definition, pointer) },
  ...{ drafted: text['zh-Hant'] === undefined ? '' : simplify(text['zh-Hant']), seen: seenOf(text) },
})
