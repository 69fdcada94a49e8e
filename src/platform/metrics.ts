import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Numbers for Prometheus, a line per request for the log, and a span per request for OpenTelemetry where one listens. */
export function addMetrics(app: FastifyInstance): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const tracer = trace.getTracer('praya')

  app.addHook('onRequest', (request, _, done) => {
    request.span = tracer.startSpan(request.method, { kind: SpanKind.SERVER })
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    seconds.observe({ method: request.method, route, status: String(status) }, reply.elapsedTime / 1000)
    request.span.updateName(`${request.method} ${route}`)
    request.span.setAttributes({ 'http.route': route, 'http.response.status_code': status })
    if (status >= 500) request.span.setStatus({ code: SpanStatusCode.ERROR })
    request.span.end()
    // The route and not the address: an address may hold a person's number or name.
    request.log.debug({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'Answered')
    done()
  })
  app.decorateRequest('span', null as unknown as FastifyRequest['span'])
  app.decorate('metrics', registry)
}

declare module 'fastify' {
  interface FastifyRequest {
    span: import('@opentelemetry/api').Span
  }
  interface FastifyInstance {
    metrics: Registry
  }
}
