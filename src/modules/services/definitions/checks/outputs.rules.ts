import type { Complaint } from '#pack'
import { texts } from '#platform'
import type { CaseDefinition } from '../case.ts'
import type { Service } from '../service.ts'

const sentences = texts({
  notMade: {
    en: 'No module of this installation makes an output of the kind {kind}. Use one of: {kinds}.',
    'zh-Hant': '本系統沒有模組可製作 {kind} 類的文件。請用以下其中一種：{kinds}。',
  },
  noText: {
    en: 'A letter says something. Write its text.',
    'zh-Hant': '信件須有內容，請寫上 text。',
  },
  noEntryText: {
    en: 'An entry of the ledger is committed to a text. Write it.',
    'zh-Hant': '日誌條目須有所承諾的文字，請寫上 text。',
  },
  noLog: {
    en: 'An entry stands in a log. Say in which.',
    'zh-Hant': '條目須載於日誌，請以 log 指明。',
  },
  noWriter: {
    en: '{organisation} takes the step “{step}” and does not write to the log {log}. Name another log, or add it to the writers of this one.',
    'zh-Hant': '{organisation} 辦理步驟「{step}」，但不能寫入日誌 {log}。請改用其他日誌，或把它加入該日誌的 writers。',
  },
  log: {
    en: 'Only an entry stands in a log. Take “log” out.',
    'zh-Hant': '只有 entry 會寫入日誌，請刪去 log。',
  },
})

/** What this installation can leave behind at the end of a case. A module that makes another kind adds it here. */
const producibleOutputs: readonly string[] = ['letter', 'entry', 'record']

/** That what a case leaves behind can be made, and is whole. `writers` of the logs are looked at where they are known. */
export function* checkOutputs(
  service: Service,
  writers?: ReadonlyMap<string, readonly string[]>,
): Generator<Complaint> {
  const { apply } = service
  for (const output of apply?.case.outputs ?? []) {
    const { kind, text, log } = output
    if (!producibleOutputs.includes(kind))
      yield { at: output, key: 'kind', text: sentences.notMade, values: { kind, kinds: producibleOutputs.join(', ') } }
    if (kind === 'letter' && !text) yield { at: output, text: sentences.noText }
    if (kind === 'entry' && !text) yield { at: output, text: sentences.noEntryText }
    if (kind === 'entry' && !log) yield { at: output, text: sentences.noLog }
    if (kind === 'entry' && log && writers?.has(log)) yield* checkWriters(service, output, writers.get(log)!)
    if (kind !== 'entry' && log) yield { at: output, key: 'log', text: sentences.log }
  }
}

type Output = NonNullable<CaseDefinition['outputs']>[number]

/** Every department that takes a step with this output writes to its log. */
function* checkWriters({ organisation: own, apply }: Service, output: Output, writers: readonly string[]) {
  const { steps, roles } = apply!.case
  for (const step of steps.filter(({ outputs = [] }) => outputs.includes(output.id))) {
    const taking = roles.filter(({ id }) => step.by.includes(id)).map(({ organisation = own }) => organisation)
    const organisation = taking.find((each) => !writers.includes(each))
    if (organisation === undefined) continue
    const values = { organisation, step: step.id, log: output.log! }
    yield { at: output, key: 'log', text: sentences.noWriter, values } satisfies Complaint
  }
}
