import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { sessionOf } from '../testing/browser-of.ts'

test('who may not do something is led to the people of the demonstration, and only there', async () => {
  for (const demonstration of [true, false]) {
    const { app, as } = await start({ demonstration })
    const { statusCode, body } = await app.inject({
      url: '/eng/estimates/import',
      headers: { accept: 'text/html', ...(await as()) },
    })
    assert.equal(statusCode, 403)
    assert.equal(body.includes('href="/eng/sign-in">Sign in as another person'), demonstration)
  }
})

test('who is signed in already reads as whom before signing in as somebody else', async () => {
  const { app } = await start()
  const open = async (headers = {}) =>
    (await app.inject({ url: '/eng/sign-in', headers: { accept: 'text/html', ...headers } })).body
  const signedIn = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  assert.match(await open(sessionOf(signedIn)), /You are signed in as Ada Quay\./)
  assert.doesNotMatch(await open(), /You are signed in/)
})
