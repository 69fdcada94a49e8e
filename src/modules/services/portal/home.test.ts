import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'

const { app, installation } = await start()

test('the home page shows the figures that the pack chose, in its order, and passes over one that no module computes yet', async () => {
  const { board } = installation.pack.government
  const { figures } = (await app.inject({ url: '/' })).json() as { figures: { id: string; evidence: string }[] }
  const absent = ['ledger.entries', 'services.open']
  for (const id of absent) assert.ok(board.includes(id), `the pack names ${id}, which does not run`)
  assert.deepEqual(
    figures.map(({ id }) => id),
    board.filter((id) => !absent.includes(id)),
  )
  const { body } = await app.inject({ url: '/eng/', headers: { accept: 'text/html' } })
  for (const { id, evidence } of figures)
    assert.ok(body.includes(`href="/eng${evidence}"`), `${id} leads nowhere from the home page`)
})
