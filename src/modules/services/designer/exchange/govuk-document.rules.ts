/*
 * Form documents of GOV.UK Forms, as its runner gets them: versions 2 and 3 of its API, whose `steps` have their question in `data`
 * (alphagov/forms-runner, spec/fixtures), and version 1, whose `pages` are questions themselves.
 */

import { words } from './govuk-words.ts'
import { Refused } from './imported.ts'
import { isRecord } from './match.rules.ts'

export type Json = Readonly<Record<string, unknown>>
export type Step = {
  readonly id: string
  readonly next: string
  readonly asks: Json
  readonly step: Json
  readonly line: number
}
export type Document = { readonly form: Json; readonly steps: readonly Step[] }

const stepsMax = 300

/** Throws `Refused` where it is no form document, or larger than a form can be. */
export function readDocument(json: unknown): Document {
  const form = [json, isRecord(json) ? json.content : undefined].find(
    (each): each is Json => isRecord(each) && (Array.isArray(each.steps) || Array.isArray(each.pages)),
  )
  if (!form) throw new Refused(words.noForm)
  const list = (form.steps ?? form.pages) as readonly unknown[]
  if (list.length > stepsMax) throw new Refused(words.tooMany, { max: stepsMax })
  const steps = list.map((each, at): Step => {
    const step = isRecord(each) ? each : {}
    const asks = Array.isArray(form.steps) ? (isRecord(step.data) ? step.data : {}) : step
    return { id: idOf(step.id), next: idOf(step.next_step_id ?? step.next_page), asks, step, line: at + 1 }
  })
  return { form, steps }
}

/** Identifiers are numbers in older documents. */
export const idOf = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? `${value}` : ''

/** Words, which documents in several languages have by language. */
export function wordsIn(value: unknown): string {
  const found = isRecord(value) ? (value.en ?? value.cy) : value
  return typeof found === 'string' ? found.replace(/\r\n?/g, '\n').trim() : ''
}

export const isTrue = (value: unknown): boolean => value === true || value === 'true' || value === '1' || value === 1
export const listIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])
export const fieldIn = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined)
