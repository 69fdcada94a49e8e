import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Routes, recordAct, type Text } from '#platform'
import { hashCode } from '../applying/codes.ts'
import { FormBody } from '../applying/types.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo, wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import type { Catalogue } from '../versions/versions.ts'
import { DeskPage, SheetPage } from './desk.page.tsx'
import { tellEntry } from './entry-files.routes.ts'
import { readMarks } from './marks.rules.ts'
import {
  acceptJudge,
  findRound,
  findSheet,
  type Key,
  listChaired,
  listSheetsOf,
  markSheet,
  type SheetRow,
} from './rounds.sql.ts'
import { declare, lockSheet, shareLeft, subjectOf } from './rounds.ts'
import { AtSheet, CodeBody, DeclareBody, DeskData, SheetData } from './types.ts'

export const deskPath = '/rounds'

/** How a competition and one of its rounds are called. */
export async function titlesOf(catalogue: Catalogue, key: Key): Promise<{ service: Text; round: Text }> {
  const service = (await catalogue.list()).get(key.service)?.compiled.service
  const round = service?.apply?.rounds?.rounds.find(({ id }) => id === key.round)
  return { service: service?.title ?? same(key.service), round: round?.title ?? same(key.round) }
}

export const stateOf = ({ conflict, lockedAt }: SheetRow) =>
  conflict === null ? 'undeclared' : conflict ? 'conflict' : lockedAt === null ? 'open' : 'locked'

/** The desk of judges: what is theirs to judge, of which they read nothing before they said whether they have a conflict. */
export const deskRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const desk = {
    config: { access: 'signed-in', scope: 'services:judge' },
    schema: { summary: 'What I judge, and the rounds that I chair', response: { 200: DeskData } },
  }
  app.get(deskPath, desk, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return reply.page(
      await tellDesk(installation, catalogue, request.person!.id, { typed: '', wrong: false }),
      DeskPage,
    )
  })

  const join = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.judge-accepted' },
    schema: {
      summary: 'Accept an invitation by its code',
      body: CodeBody,
      response: { 303: Type.Null(), 422: DeskData },
    },
  }
  app.post(`${deskPath}/join`, join, async (request, reply) => {
    const code = hashCode(installation, request.body.code)
    const joined = await sql.begin(async (transaction) => {
      const judge = await acceptJudge(transaction, code, request.person!.id, installation.now())
      if (!judge) return false
      await recordAct(transaction, request, {
        ...{ event: 'services.judge-accepted', subject: subjectOf(judge) },
        detail: { role: judge.role },
      })
      await shareLeft(transaction, judge)
      return true
    })
    if (!joined && request.wanted.format !== 'html') throw problem('invitation-not-found')
    reply.header('cache-control', 'no-store')
    if (!joined) {
      const code = { typed: request.body.code, wrong: true }
      return reply.code(422).page(await tellDesk(installation, catalogue, request.person!.id, code), DeskPage)
    }
    return leadTo(request, reply, deskPath)
  })

  const read = {
    config: { access: 'signed-in', scope: 'services:judge' },
    schema: { summary: 'An entry that I judge, and my marks', params: AtSheet, response: { 200: SheetData } },
  }
  app.get(`${deskPath}/sheets/:sheet`, read, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return reply.page(await tellSheet(installation, catalogue, request, request.params.sheet), SheetPage)
  })

  const declared = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.conflict-declared' },
    schema: {
      summary: 'Say whether I have a conflict of interest in an entry',
      ...{ params: AtSheet, body: DeclareBody, response: { 303: Type.Null(), 422: SheetData } },
    },
  }
  app.post(`${deskPath}/sheets/:sheet/declare`, declared, async (request, reply) => {
    const { sheet } = request.params
    if (request.body.conflict === undefined) {
      if (request.wanted.format !== 'html') throw problem('sheet-undeclared')
      reply.header('cache-control', 'no-store')
      return reply.code(422).page(await tellSheet(installation, catalogue, request, sheet, 'unsaid'), SheetPage)
    }
    const conflict = request.body.conflict === 'yes'
    await sql.begin((transaction) => declare({ sql: transaction, installation, request }, sheet, conflict))
    return leadTo(request, reply, `${deskPath}/sheets/${sheet}`)
  })

  const mark = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.sheet-marked' },
    schema: {
      summary: 'Keep marks as a draft, or lock them: `act` is keep or lock, and `mark.<criterion>` a whole number',
      ...{ params: AtSheet, body: FormBody, response: { 303: Type.Null(), 422: SheetData } },
    },
  }
  app.post(`${deskPath}/sheets/:sheet`, mark, async (request, reply) => {
    const { sheet: id } = request.params
    const isLocked = request.body.act === 'lock'
    const wrong = await sql.begin(async (transaction) => {
      const { sheet, round } = await lockSheet({ sql: transaction, installation, request }, id)
      if (sheet.conflict === null) throw problem('sheet-undeclared')
      if (sheet.conflict) throw problem('sheet-conflict')
      const read = readMarks(round.definition, request.body)
      const wrong = read.wrongAs(isLocked ? 'locked' : 'draft')
      if (wrong.length > 0) return { ...read, wrong, definition: round.definition }
      await markSheet(transaction, id, read.marks, isLocked ? installation.now() : null)
      await recordAct(transaction, request, {
        ...{ event: 'services.sheet-marked', subject: subjectOf(sheet) },
        detail: { reference: sheet.reference, locked: isLocked },
      })
      return undefined
    })
    if (!wrong) return leadTo(request, reply, isLocked ? deskPath : `${deskPath}/sheets/${id}`)
    if (request.wanted.format !== 'html') {
      const { scale, criteria } = wrong.definition
      const unread = criteria.filter(({ id }) => wrong.wrong.includes(id))
      throw wrongForm(
        request,
        'sheet-wrong',
        unread.map(({ id, title }) => ({ field: `mark.${id}`, text: title })),
        scale,
      )
    }
    reply.header('cache-control', 'no-store')
    return reply.code(422).page(await tellSheet(installation, catalogue, request, id, wrong), SheetPage)
  })
}

/** What a judge has to judge and to chair, with the code that they typed. */
async function tellDesk(
  { sql }: Installation,
  catalogue: Catalogue,
  judge: string,
  code: DeskData['code'],
): Promise<DeskData> {
  const sheets = await listSheetsOf(sql, judge)
  const chaired = await listChaired(sql, judge)
  return {
    sheets: await Promise.all(
      sheets.map(async (each) => ({
        ...{ id: each.id, reference: each.reference, state: stateOf(each) },
        ...(await titlesOf(catalogue, each)),
      })),
    ),
    chaired: await Promise.all(
      chaired.map(async (key) => ({
        path: `${deskPath}/chair/${key.service}/${key.edition}/${key.round}`,
        ...(await titlesOf(catalogue, key)),
      })),
    ),
    code,
  }
}

type Typed = { typed: Readonly<Record<string, string>>; wrong: readonly string[] }

async function tellSheet(
  installation: Installation,
  catalogue: Catalogue,
  request: FastifyRequest,
  id: string,
  how?: Typed | 'unsaid',
): Promise<SheetData> {
  const typed = how === 'unsaid' ? undefined : how
  const sheet = await findSheet(installation.sql, id, request.person!.id)
  if (!sheet) throw problem('sheet-not-found')
  const { definition, state } = (await findRound(installation.sql, sheet))!
  const { scale, criteria } = definition
  return {
    ...{ id, reference: sheet.reference, state: stateOf(sheet), scale },
    ...(await titlesOf(catalogue, sheet)),
    mayWithdraw: state === 'open' && sheet.conflict === false,
    isUnsaid: how === 'unsaid',
    isBlind: definition.hidden !== undefined,
    sections: await tellEntry(installation, sheet),
    criteria: criteria.map(({ id, title, text = null, weight }) => ({
      ...{ id, title, text, weight, wrong: typed?.wrong.includes(id) ?? false },
      typed: typed ? (typed.typed[id] ?? '') : String(sheet.marks[id] ?? ''),
    })),
  }
}
