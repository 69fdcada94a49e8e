import type { FastifyRequest } from 'fastify'
import { Problem, sayEverywhere, type Text } from '#platform'

/**
 * What a page says above its form where an act was refused as things stand, so that a browser is not led away from what was typed.
 * Whatever else went wrong, and what a program asked, is thrown on.
 */
export function sentenceOf(error: unknown, { wanted }: FastifyRequest): Text {
  if (!(error instanceof Problem) || error.status !== 409 || wanted.format !== 'html') throw error
  return sayEverywhere(error.title, error.options.values ?? {})
}
