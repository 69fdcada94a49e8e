import { sayEverywhere, type Text, texts } from '#platform'
import type { Rounds } from '../definitions/rounds.ts'
import type { Service } from '../definitions/service.ts'
import { same } from '../texts.rules.ts'

type Stream = { id: string; title: Text }

/** The stream of all entries of a competition that has none. */
export const onlyStream = 'all'

const words = texts({
  none: { en: 'Without a stream', 'zh-Hant': '不分組別' },
  all: { en: 'this round', 'zh-Hant': '這一輪' },
  quoted: { en: '“{stream}”', 'zh-Hant': '「{stream}」' },
})

/** The streams of a competition: the options of the question that it names, in their order. */
export function streamsOf(service: Service, { streams }: Rounds): Stream[] {
  const questions = service.apply!.form.pages.flatMap(({ questions = [] }) => questions)
  const question = questions.find(({ id }) => id === streams)
  return question && 'options' in question ? (question.options ?? []).map(({ id, title }) => ({ id, title })) : []
}

/** How a stream is called; null where the competition has none. One that the definition knows no more goes by its identifier. */
export function titleOf(service: Service | undefined, stream: string | null): Text | null {
  const rounds = service?.apply?.rounds
  if (stream === null || rounds?.streams === undefined) return null
  const found = streamsOf(service!, rounds).find(({ id }) => id === stream)
  return found?.title ?? (stream === '' ? words.none : same(stream))
}

/** A stream within a sentence; where there is none, the round. */
export const quoted = (stream: Text | null): Text =>
  stream === null ? words.all : sayEverywhere(words.quoted, { stream })

/** What stands in streams, in the order of these; each stream in the order that it has. */
export function inOrder<Of extends { stream: string }>(service: Service | undefined, all: readonly Of[]): Of[] {
  const rounds = service?.apply?.rounds
  const known = rounds ? streamsOf(service!, rounds).map(({ id }) => id) : []
  return [...all].sort((one, other) => known.indexOf(one.stream) - known.indexOf(other.stream))
}
