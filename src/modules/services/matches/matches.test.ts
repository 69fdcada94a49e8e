// An officer sees which open cases of a service fit one: those of their department alone, and never the case itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { type Service, services } from '../definitions/service.ts'
import { sendApplication } from '../testing/cases.ts'
import { publish, ServiceRefused } from '../versions/versions.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const officer = (organisation: string) =>
  asPerson({ id: `officer-${organisation}`, organisation, permissions: ['services:work-case'], level: 3 })
const own = officer('tide-station')

const definition = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
for (const question of definition.apply!.form.pages.flatMap(({ questions = [] }) => questions))
  if (question.id === 'topics') question.listed = true
const matched = (theirs: string): Service => ({
  ...definition,
  apply: { ...definition.apply!, matches: { service: 'tide-grant', by: [{ mine: 'topics', theirs, weight: 1 }] } },
})
const send = (each: Service) =>
  sql.begin((transaction) =>
    publish(transaction, {
      definition: each,
      now: new Date(),
      by: null,
      known: { others: new Map([[each.id, each]]) },
    }),
  )

test('what a service is matched by must be asked there', async () => {
  await assert.rejects(send(matched('more')), (error: ServiceRefused) => {
    assert.equal(error.complaints[0]?.key, 'theirs')
    return error instanceof ServiceRefused
  })
})

test('cases that fit are listed for officers of the department, and nobody else', async () => {
  await send(definition)
  catalogueOf(installation).forget()
  const plain = await sendApplication(started)
  const at = (reference: string) => `/office/services/cases/${reference}/matches`
  assert.equal((await app.inject({ url: at(plain), headers: own })).statusCode, 404)
  await send(matched('topics'))
  catalogueOf(installation).forget()
  const reference = await sendApplication(started)
  const { matches, looked } = (await app.inject({ url: at(reference), headers: own })).json()
  assert.equal(looked, 2)
  assert.deepEqual(
    matches.map((each: { reference: string; percent: number }) => [each.reference, each.percent]),
    [[plain, 100]],
  )
  const listedIn = async (language: string) =>
    (await app.inject({ url: `/${language}${at(reference)}.json`, headers: own })).json().matches[0].listed
  assert.match((await listedIn('eng')).join(' · '), /^Friends of the Ebb · .*; Boats$/)
  assert.match((await listedIn('han')).join(' · '), /^Friends of the Ebb · .*；船隻$/)
  const page = await app.inject({ url: `/han${at(reference)}`, headers: { ...own, accept: 'text/html' } })
  assert.match(page.body, /100%/)
  assert.equal((await app.inject({ url: at(reference), headers: officer('counting-house') })).statusCode, 404)
  assert.equal((await app.inject({ url: at(reference), headers: asPerson({ id: 'ada-quay' }) })).statusCode, 403)
})
