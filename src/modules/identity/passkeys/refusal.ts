import type { FastifyRequest } from 'fastify'
import { Problem, type Text } from '#platform'

/**
 * Does an act with a passkey or a code. A refusal of identity comes back as its sentence, for the same page again; a
 * program gets it as every other problem, and so do refusals of others and bugs.
 */
export async function refusalOf(request: FastifyRequest, act: () => Promise<unknown>): Promise<Text | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    const own = error instanceof Problem && error.code.startsWith('identity.') && !error.options.values
    if (!own || request.wanted.format === 'json') throw error
    request.log.info({ code: error.code, detail: error.options.detail }, 'A request was refused')
    return error.title
  }
}
