import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { type Application, changeDraft, getApplication } from '../applying/applications.ts'
import { Query } from '../applying/pages.routes.ts'
import { AtPage, AtThingPage, QuestionData } from '../applying/types.ts'
import { problem } from '../problems.ts'
import { deleteFile, findFile, listFilesAt } from './files.sql.ts'
import { attachment } from './names.rules.ts'
import { getPlace, type Params, type Place, returnTo } from './places.ts'
import { openName, readFile } from './sealed.ts'
import { AtFile, AtPageFile, AtThingFile } from './types.ts'
import { type Asking, openUpload } from './upload.ts'

/** Files that people send for questions: received, looked into, kept sealed, and held until they are released. */
export const fileRoutes: Routes = async (app) => {
  const { installation } = app
  const upload = openUpload(app)
  // Whoever still sends after the answer is not listened to any longer.
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close')
    if (reply.statusCode === 503) reply.header('retry-after', 30)
  })

  const taken = { 303: Type.Null(), 413: QuestionData, 415: QuestionData, 422: QuestionData }
  // The person’s own draft, which nobody else sees: no act before it is sent.
  const config = { access: 'public', scope: 'services:apply', event: 'none' } as const
  const sendSchema = { consumes: ['multipart/form-data'], querystring: Query, response: taken }
  const send = {
    config,
    schema: {
      summary: 'Send a file for the question of a page: multipart with one file. The same file twice is one',
      params: AtPage,
      ...sendSchema,
    },
  }
  app.post('/applications/:id/pages/:page/files', send, (request, reply) => upload(request, reply, request.params))

  const sendOfThing = {
    config,
    schema: {
      summary: 'Send a file about one thing of a list: multipart with one file',
      params: AtThingPage,
      ...sendSchema,
    },
  }
  app.post('/applications/:id/lists/:page/:thing/:part/files', sendOfThing, (request, reply) =>
    upload(request, reply, request.params),
  )

  async function remove(request: Asking, reply: FastifyReply, params: Params & { file: string }) {
    let place: Place
    const change = (application: Application) => {
      place = getPlace(installation, application, params)
      return place.withFiles(place.files.filter(({ id }) => id !== params.file))
    }
    await changeDraft(installation, request, params.id, change, async (sql) => {
      const { question, thing } = place
      const rows = await listFilesAt(sql, { application: params.id, thing, questions: [question.id] })
      // Of this question and no other: what stands in another place of the draft is not ours to delete.
      if (rows.some(({ id }) => id === params.file)) await deleteFile(sql, params.id, params.file)
    })
    return reply.redirect(returnTo(installation, request.language, place!.path, request.query.return === 'check'), 303)
  }
  const gone = { querystring: Query, response: { 303: Type.Null() } }
  const removeFile = {
    config,
    schema: { summary: 'Take a file away; one that is gone already stays gone', params: AtPageFile, ...gone },
  }
  app.post('/applications/:id/pages/:page/files/:file/remove', removeFile, (request, reply) =>
    remove(request, reply, request.params),
  )
  const removeOfThing = {
    config,
    schema: { summary: 'Take a file about a thing of a list away', params: AtThingFile, ...gone },
  }
  app.post('/applications/:id/lists/:page/:thing/:part/files/:file/remove', removeOfThing, (request, reply) =>
    remove(request, reply, request.params),
  )

  const get = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'A file of one’s own application, once it was released',
      params: AtFile,
      produces: ['application/octet-stream'],
    },
  }
  app.get('/applications/:id/files/:file', get, async (request, reply) => {
    const { id, file } = request.params
    await getApplication(installation, request, id)
    const row = await findFile(installation.sql, id, file)
    if (!row || row.state === 'refused') throw problem('file-not-found')
    // Held from its owner too: a stolen session would make of this site a place that hands out viruses.
    if (row.state === 'held') throw problem('file-held')
    return sendFile(reply, row.mediaType, openName(installation, row), await readFile(installation, row.id))
  })
}

/** Always to be saved, never shown in the place of this site, whatever it is. */
export const sendFile = (reply: FastifyReply, type: string, name: string, bytes: Buffer) =>
  reply
    .type(type)
    .header('content-disposition', attachment(name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'no-store')
    .send(bytes)
