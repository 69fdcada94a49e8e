/* The peer of bench/pages.ts: a Fastify route that returns a constant of as many bytes as told. */
import Fastify from 'fastify'

const body = 'x'.repeat(Number(process.argv[2]))
const app = Fastify()
app.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(body))
await app.listen({ host: '127.0.0.1', port: 0 })
process.send!((app.server.address() as { port: number }).port)
