// What the editors of a department see of its messages: filled, in every language, with their size as SMS.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { smsParts } from './sms.rules.ts'
import type { TemplatesData } from './templates.routes.ts'

const { app, asPerson } = await start({ now: () => new Date('2026-11-28T04:00:00Z') })
const path = '/office/services/messages'
const editor = (organisation: string) =>
  asPerson({ id: `editor-of-${organisation}`, organisation, permissions: ['services:edit-service'] })
const get = async (url: string, organisation = 'tide-station') =>
  app.inject({ url, headers: { ...editor(organisation), accept: 'application/json' } })

test('every message is shown in each language, without a place that is not filled, beside its true size', async () => {
  const { service, messages } = (await get(`${path}?service=tide-grant`)).json() as TemplatesData
  assert.equal(service?.id, 'tide-grant')
  assert.ok(messages.length >= 3)
  for (const { id, states, shown } of messages) {
    assert.deepEqual(
      shown.map(({ language }) => language),
      ['zh-Hant', 'en', 'zh-Hans'],
    )
    for (const { language, subject, text, inbox, sms } of shown) {
      assert.doesNotMatch(`${subject}${text}${sms?.text ?? ''}`, /\{\w+\}/, `${id} in ${language}`)
      assert.deepEqual(inbox, smsParts(text))
      if (sms) assert.deepEqual(sms.size, smsParts(sms.text))
      if (language !== 'en') assert.equal(inbox.encoding, 'UCS-2')
    }
    assert.ok(Array.isArray(states))
  }
  assert.ok(
    messages.some(({ shown }) => shown.some(({ subject, text }) => `${subject}${text}`.includes('-7K3M9-QX2AB'))),
  )
  assert.ok(messages.some(({ states }) => states.length > 0))
})

test('a message is sampled with a reason of the step that sends it, and no place is a dash', async () => {
  const { messages } = (await get(`${path}?service=tide-course`)).json() as TemplatesData
  const english = (id: string) =>
    messages.find((each) => each.id === id)!.shown.find(({ language }) => language === 'en')!.text
  assert.match(english('refused'), /^The course is for residents alone\./)
  assert.match(english('confirmed'), /You meet the conditions\./)
  for (const { id } of messages) assert.doesNotMatch(english(id), /–/)
})

test('the page says how many parts each takes, and officers of another department find none of it', async () => {
  const headers = { ...editor('tide-station'), accept: 'text/html' }
  const page = await app.inject({ url: `/han${path}`, headers })
  assert.match(page.body, /\d+ 條，\d+ 字元，UCS-2/)
  assert.doesNotMatch(page.body, /href="[^"]*\/office\/services"/, 'an editor is led to no desk that is not theirs')
  assert.equal((await get(`${path}?service=tide-grant`, 'counting-house')).statusCode, 404)
  assert.deepEqual((await get(path, 'counting-house')).json().messages, [])
  const worker = asPerson({ id: 'w', organisation: 'tide-station', permissions: ['services:work-case'] })
  assert.equal((await app.inject({ url: `${path}.json`, headers: worker })).statusCode, 403)
})
