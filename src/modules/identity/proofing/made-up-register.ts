import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Pack } from '#pack'
import type { Installation, Routes } from '#platform'
import { problem } from '../problems.ts'
import { foldName } from './documents.rules.ts'
import { register as entries } from './policy.ts'
import { Question, type Register, type Reply } from './register.ts'

const checkQuestion = Compile(Question)
const questionBytesMax = 4096

/** What a register that holds the made-up people of the pack answers. It says of itself that it is made up. */
export function answerFrom(pack: Pack, { kind, number, born, family, given }: Question): Reply {
  const entry = pack.find(entries, number)
  const named = entry?.names.some(
    (name) => foldName(name.family) === foldName(family) && foldName(name.given) === foldName(given),
  )
  // Whatever does not fit, the answer is the same: it tells nobody which part was right.
  if (!entry || entry.kind !== kind || entry.born !== born || !named) return { answer: 'no-match', madeUp: true }
  if (entry.state !== 'current') return { answer: 'not-current', madeUp: true }
  return { answer: 'match', matched: ['number', 'born', 'family', 'given'], madeUp: true }
}

const path = '/office/population-register'

/** The same service on this application's own port, for a demonstration without a register of another department. */
export const madeUpRegisterRoutes: Routes = async (app) => {
  const { installation } = app
  const serve = {
    // The programs of this installation alone hold the token.
    config: { access: 'public', scope: 'own', event: 'none' /* a question changes nothing */ },
    schema: {
      summary: 'The made-up population register of a demonstration: whether an entry matches',
      body: Question,
      response: {
        200: Type.Object({
          answer: Type.String(),
          matched: Type.Optional(Type.Array(Type.String())),
          madeUp: Type.Optional(Type.Boolean()),
        }),
      },
    },
  }
  app.post(path, serve, async ({ body, headers }) => {
    if (!installation.demonstration || installation.populationRegister) throw problem('no-made-up-register')
    if (!same(headers.authorization ?? '', `Bearer ${ownToken(installation)}`)) throw problem('no-made-up-register')
    return answerFrom(installation.pack, body)
  })
}

const ownToken = ({ vault }: Installation) => vault.lookup('population-register', 'token').toString('hex')

function same(one: string, other: string): boolean {
  const [mine, theirs] = [Buffer.from(one), Buffer.from(other)]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}

/**
 * The register that this installation asks: the one of its settings, or, in a demonstration without one, the made-up one
 * on its own port. Undefined where there is none.
 */
export function registerOf(installation: Installation, server: Server): Register | undefined {
  const { populationRegister: set, demonstration: madeUp } = installation
  if (set) return { ...set, madeUp }
  const at = server.address()
  if (!madeUp || at === null || typeof at === 'string') return undefined
  const host = at.address === '0.0.0.0' ? '127.0.0.1' : at.address === '::' ? '[::1]' : at.address
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${at.port}${path}`
  return { url, token: ownToken(installation), madeUp }
}

/** The made-up register as a service of its own, for `./praya identity register`. */
export function createRegister(pack: Pack, token: string | undefined): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method !== 'POST') return answer(405, { title: 'Ask with POST' })
    if (token && !same(request.headers.authorization ?? '', `Bearer ${token}`))
      return answer(401, { title: 'Send the token' })
    const parts: Buffer[] = []
    let size = 0
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > questionBytesMax) return answer(413, { title: 'A question is short' })
      parts.push(part)
    }
    const question = parse(Buffer.concat(parts).toString('utf8'))
    if (!checkQuestion.Check(question)) return answer(400, { title: 'This is no question' })
    return answer(200, answerFrom(pack, question))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
