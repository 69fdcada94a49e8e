import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Span, type SpanOptions, trace } from '@opentelemetry/api'
import { start } from '#test'
import { probe } from './probe.tsx'

type Kept = { name: string; kind: unknown; attributes: Record<string, unknown>; status: unknown; ended: boolean }

/** A provider that keeps what it is told, as one for a collector would. It must be there before the application. */
const spans: Kept[] = []
trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan: (name: string, options?: SpanOptions) => {
      const kept: Kept = { name, kind: options?.kind, attributes: {}, status: undefined, ended: false }
      spans.push(kept)
      return {
        updateName: (name: string) => void Object.assign(kept, { name }),
        setAttributes: (attributes: object) => void Object.assign(kept.attributes, attributes),
        setStatus: (status: object) => void Object.assign(kept, { status }),
        end: () => void Object.assign(kept, { ended: true }),
      } as unknown as Span
    },
    startActiveSpan: () => assert.fail('not used'),
  }),
})
after(() => trace.disable())
const { app } = await start({ modules: [probe] })

test('each request is one span of OpenTelemetry, named by method and route and never by address', async () => {
  spans.length = 0
  await app.inject('/probe/open?name=ChanTaiMan')
  await app.inject('/none/ChanTaiMan')
  await app.inject('/probe/bug')
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['GET /probe/open', 'GET none', 'GET /probe/bug'],
  )
  assert.deepEqual(
    spans.map(({ attributes }) => attributes['http.response.status_code']),
    [200, 404, 500],
  )
  assert.deepEqual(
    spans.map(({ status }) => (status as { code: number } | undefined)?.code),
    [undefined, undefined, 2],
  )
  assert.ok(spans.every(({ ended, kind }) => ended && kind === 1))
  assert.ok(!JSON.stringify(spans).includes('ChanTaiMan'))
})

test('numbers for Prometheus count requests by route and status, and grow with routes alone', async () => {
  for (let each = 0; each < 20; each++) await app.inject(`/none/${each}`)
  await app.inject('/han/probe/open')
  const { body, headers } = await app.inject('/metrics')
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
  assert.match(body, /^http_request_duration_seconds_count\{method="GET",route="\/probe\/open",status="200"\} [1-9]/m)
  assert.match(body, /^http_request_duration_seconds_bucket\{le="0\.05",method="GET",route="none",status="404"\} 2\d$/m)
  assert.match(body, /^process_resident_memory_bytes \d+/m)
  assert.match(body, /^nodejs_eventloop_lag_seconds /m)
  assert.equal(body.match(/_count\{.*status="404"/g)?.length, 1)
})

test('whoever watches needs no session, no language and no database to learn that the process lives', async () => {
  for (const url of ['/healthz', '/healthz?x=1']) assert.deepEqual((await app.inject(url)).json(), { status: 'ok' })
  assert.deepEqual((await app.inject('/readyz')).json(), { status: 'ok' })
})
