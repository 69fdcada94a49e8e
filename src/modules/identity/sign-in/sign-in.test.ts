import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'

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
