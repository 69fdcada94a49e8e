import type { FastifyReply } from 'fastify'
import { Problem, say, type Text } from '#platform'

/**
 * Does an act with a passkey or a code. A refusal of identity comes back as its sentence, for the same page again, and
 * gives the answer its status; a program gets it as every other problem, and so do refusals of others and bugs.
 */
export async function refusalOf(reply: FastifyReply, act: () => Promise<unknown>): Promise<Text | undefined> {
  const { request } = reply
  try {
    await act()
    return undefined
  } catch (error) {
    const own = error instanceof Problem && error.code.startsWith('identity.')
    if (!own || request.wanted.format === 'json') throw error
    const { code, status, title, options } = error
    request.log.info({ code, detail: options.detail }, 'A request was refused')
    reply.code(status)
    const said = (language: 'en' | 'zh-Hant' | 'zh-Hans') => say(title, language, options.values)
    return { en: said('en'), 'zh-Hant': said('zh-Hant'), 'zh-Hans': said('zh-Hans') }
  }
}
