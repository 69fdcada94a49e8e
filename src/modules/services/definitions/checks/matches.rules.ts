import type { Complaint } from '#pack'
import { texts } from '#platform'
import { questionsOf } from '../../applying/answers.rules.ts'
import type { Question } from '../form.ts'
import type { Service } from '../service.ts'

const sentences = texts({
  unknown: {
    en: 'The form of {service} asks no “{id}” of the kind {kinds}. Name a question that it asks once.',
    'zh-Hant': '{service} 的表格沒有 {kinds} 類的問題「{id}」。請指明一條只問一次的問題。',
  },
  nothing: {
    en: 'No option of “{mine}” is one of “{theirs}”, so that nothing would ever fit. Give them the same identifiers.',
    'zh-Hant': '「{mine}」與「{theirs}」沒有相同的選項，永遠不會匹配。請使用相同的識別名稱。',
  },
})

const choosing = ['choice', 'choices']

/** That what a service is matched by is asked, here and there, with options in common. `others` are services by their identifiers. */
export function* checkMatches(service: Service, others: ReadonlyMap<string, Service>): Generator<Complaint> {
  const matches = service.apply?.matches
  if (!matches) return
  const find = (of: Service | undefined, id: string, kinds: readonly string[]): Question | undefined => {
    const question = of?.apply && questionsOf(of.apply.form).get(id)
    return question && kinds.includes(question.kind) ? question : undefined
  }
  const other = others.get(matches.service)
  const missing = (at: object, key: string, of: string, id: string, kinds: readonly string[]): Complaint => ({
    ...{ at, key, text: sentences.unknown, values: { service: of, id, kinds: kinds.join(', ') } },
  })
  for (const pair of matches.by) {
    const [mine, theirs] = [find(service, pair.mine, choosing), find(other, pair.theirs, choosing)]
    if (!mine) yield missing(pair, 'mine', service.id, pair.mine, choosing)
    if (other && !theirs) yield missing(pair, 'theirs', other.id, pair.theirs, choosing)
    const known = new Set(mine?.options?.map(({ id }) => id))
    if (mine && theirs && !theirs.options?.some(({ id }) => known.has(id)))
      yield { at: pair, key: 'theirs', text: sentences.nothing, values: { mine: pair.mine, theirs: pair.theirs } }
  }
  const { names, named } = matches
  if (names !== undefined && !find(service, names, ['text']))
    yield missing(matches, 'names', service.id, names, ['text'])
  if (other && named !== undefined && !find(other, named, ['text']))
    yield missing(matches, 'named', other.id, named, ['text'])
}
