import { itemPath } from '#ledger'
import type { Installation, Text } from '#platform'
import { sayEverywhere, texts } from '#platform'
import { same } from '../texts.rules.ts'
import { tellChanges } from './corrections.rules.ts'
import { caseOf } from './decide.rules.ts'
import type { CaseEvent, EventKind } from './events.ts'
import { stepOf } from './placed.rules.ts'
import { isOpenTask } from './records.ts'
import type { CaseFile, Line } from './types.ts'
import { answersIn, openEvent, type Sealed, type Whole } from './write.ts'

const words: Readonly<Record<EventKind, Text>> = texts({
  begun: { en: 'Received', 'zh-Hant': '收到申請' },
  claimed: { en: 'Taken by an officer', 'zh-Hant': '由人員領取' },
  released: { en: 'Given back to the queue', 'zh-Hant': '退回輪候' },
  assigned: { en: 'Handed to another officer', 'zh-Hant': '交給另一名人員' },
  noted: { en: 'Note', 'zh-Hant': '備註' },
  corrected: { en: 'An answer was corrected', 'zh-Hant': '已更正答案' },
  'step-proposed': { en: 'Proposed for approval', 'zh-Hant': '提交批准' },
  'step-sent-back': { en: 'Sent back', 'zh-Hant': '退回建議' },
  'step-taken': { en: 'Step taken', 'zh-Hant': '辦理步驟' },
  'information-asked': { en: 'A question was asked; the clock stands', 'zh-Hant': '已提問，時限暫停計算' },
  'information-given': { en: 'The question was answered', 'zh-Hant': '已答覆提問' },
  'information-lapsed': {
    en: 'No answer came in time; the case goes on without it',
    'zh-Hant': '限期內未有答覆，個案繼續處理',
  },
  reminded: { en: 'A reminder of the question was sent', 'zh-Hant': '已就提問發出提示' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '已撤回' },
  appealed: { en: 'A review was asked for', 'zh-Hant': '已申請覆核' },
  complained: { en: 'A complaint was made', 'zh-Hant': '已提出投訴' },
  'complaint-answered': { en: 'The complaint was answered', 'zh-Hant': '已回覆投訴' },
  merged: { en: 'Joined with another case', 'zh-Hant': '已與另一宗個案合併' },
  'merge-undone': { en: 'Parted from the other case again', 'zh-Hant': '已與另一宗個案分開' },
  'taken-in': { en: 'Another case was joined with this one', 'zh-Hant': '另一宗個案併入' },
  'given-back': { en: 'The other case was parted from this one', 'zh-Hant': '另一宗個案已分開' },
  moved: { en: 'It goes by a newer version of the rules', 'zh-Hant': '個案改按新版本的規則處理' },
  'move-undone': { en: 'It goes by the rules as before', 'zh-Hant': '個案恢復按原有規則處理' },
  redecided: { en: 'Decided anew by changed rules', 'zh-Hant': '按修訂規則重新決定' },
  'redecision-undone': {
    en: 'The new decision was taken back; the one before it counts again',
    'zh-Hant': '重新作出的決定已撤回，原決定再次生效',
  },
  'message-sent': { en: 'Message to the person', 'zh-Hant': '給當事人的訊息' },
  'output-made': { en: 'Letter', 'zh-Hant': '信件' },
  'record-settled': { en: 'The register notes that it was decided otherwise', 'zh-Hant': '登記冊已載明另有決定' },
})
const more = texts({
  toYou: { en: 'Message to you', 'zh-Hant': '給你的訊息' },
  reachedNobody: {
    en: 'Message to the person, who has no account that it reaches',
    'zh-Hant': '給當事人的訊息，因沒有帳戶而未能送達',
  },
  why: { en: 'Why it was decided so', 'zh-Hant': '決定的依據' },
  cohort: { en: 'The cases that were changed together', 'zh-Hant': '一併處理的個案' },
  filesAsked: { en: 'A question was asked, and files; the clock stands', 'zh-Hant': '已提問並要求檔案，時限暫停計算' },
  anew: { en: '{said}: {step}', 'zh-Hant': '{said}：{step}' },
  item: { en: 'Entered in a register', 'zh-Hant': '已載入登記冊' },
  itemWithdrawn: { en: 'The register notes that the application was withdrawn', 'zh-Hant': '登記冊已載明申請已撤回' },
  itemMerged: {
    en: 'The register notes that another case stands in the place of this one',
    'zh-Hant': '登記冊已載明以另一宗個案為準',
  },
  itemOver: { en: 'Its item of the register had ended before', 'zh-Hant': '登記項此前已告終止' },
  itemReinstated: { en: 'Its item of the register counts again', 'zh-Hant': '登記項已恢復有效' },
  itemStands: {
    en: 'Decided otherwise, and the item still stands in the register as before: an officer who keeps the register must see to it',
    'zh-Hant': '個案另有決定，但登記項仍如前載於登記冊，須由備存登記冊的人員處理',
  },
  itemMissing: {
    en: 'The decision that left it counts again, and the item was undone in the register meanwhile: an officer who keeps the register must see to it',
    'zh-Hant': '產生登記項的決定再次生效，但登記項其間已在登記冊還原，須由備存登記冊的人員處理',
  },
  entry: { en: 'Entered in the ledger', 'zh-Hant': '已登錄日誌' },
  corrected: { en: '{said}. {changes}', 'zh-Hant': '{said}。{changes}' },
  proposed: { en: 'Proposed: {step}', 'zh-Hant': '建議：{step}' },
})

/** What only officers read of the history. */
const inner = new Set<EventKind>([
  ...['claimed', 'released', 'assigned', 'noted', 'step-proposed', 'step-sent-back', 'reminded'],
  ...['taken-in', 'given-back', 'merge-undone'],
] as EventKind[])

export const letterPath = (reference: string, number: number) => `/services/cases/${reference}/letters/${number}.pdf`
/** The page of what a case let stand in the ledger. */
export const entryPath = (reference: string, number: number) => `/services/cases/${reference}/entries/${number}`
export const officePath = (reference: string) => `/office/services/cases/${reference}`
export const correctionPath = (reference: string, question: string) =>
  `${officePath(reference)}/corrections/${question}`
export const cohortPath = (id: string) => `/office/services/cohorts/${id}`
export const ownPath = (reference: string) => `/services/cases/${reference}`
export const replyFilePath = (reference: string, id: string) => `${ownPath(reference)}/files/${id}`

const isTask = (event: CaseEvent) => event.kind === 'record-settled' && isOpenTask(event.data)

/** The history of a case in plain words, as an officer reads it or as the person does. */
export function linesOf(
  installation: Installation,
  { now, events, compiledAt }: Whole,
  {
    nameOf,
    as,
    decides = false,
    files,
  }: {
    nameOf: (id: string) => Text | null
    as: 'officer' | 'person'
    decides?: boolean
    /** Those of the case, of which each line shows its own. */
    files: readonly CaseFile[]
  },
): Line[] {
  const { reference } = now
  const pathOf = as === 'officer' ? officePath : ownPath
  return events
    .filter((event) => as === 'officer' || !(inner.has(event.kind) || isTask(event)))
    .map((event): Line => {
      const { number, at, kind, by } = event
      const sealed = event.sealed
        ? (openEvent<keyof Sealed>(installation, reference, event) as { text?: unknown; grounds?: string })
        : {}
      const line: Line = {
        ...{ number, at, kind, said: words[kind], by: as === 'officer' ? nameOf(by) : null },
        ...{
          text: typeof sealed.text === 'string' ? sealed.text : (sealed.grounds ?? null),
          message: null,
          files: [],
          link: null,
        },
      }
      if (event.kind === 'message-sent') {
        const { subject, text } = sealed as Sealed['message-sent']
        const said = as === 'person' ? more.toYou : event.data.inbox ? line.said : more.reachedNobody
        return { ...line, said, message: { subject, text } }
      }
      if (event.kind === 'corrected') {
        const before = answersIn(installation, reference, events.slice(0, number - 1)).answers
        const after = openEvent<'corrected'>(installation, reference, event).answers
        const currency = installation.pack.government.currency.code
        const changes = tellChanges(compiledAt(1), event.data.questions, { before, after, currency })
        return { ...line, said: sayEverywhere(more.corrected, { said: line.said, changes }) }
      }
      if (event.kind === 'information-asked' && event.data.files) return { ...line, said: more.filesAsked }
      if (event.kind === 'information-given') {
        const came = new Set(event.data.files)
        return { ...line, files: files.filter(({ id }) => came.has(id)) }
      }
      if (event.kind === 'output-made') {
        const { title } = sealed as Sealed['output-made']
        if (event.data.kind === 'entry')
          return { ...line, said: more.entry, link: { path: entryPath(reference, number), title } }
        const { item } = event.data
        if (item) return { ...line, said: more.item, link: { path: itemPath(item.register, item.number), title } }
        return { ...line, link: { path: letterPath(reference, number), title } }
      }
      if (event.kind === 'record-settled') {
        const { register, number: item, now: stands, why } = event.data
        const undone = why === 'withdrawn' ? more.itemWithdrawn : why === 'merged' ? more.itemMerged : line.said
        const said = {
          ...{ undone, over: more.itemOver, reinstated: more.itemReinstated },
          ...{ stands: more.itemStands, missing: more.itemMissing },
        }[stands]
        return { ...line, said, link: { path: itemPath(register, item), title: same(item) } }
      }
      if (event.kind === 'step-taken') {
        const done = stepOf(compiledAt(number), event.data.step)?.done ?? line.said
        const path = `${officePath(reference)}/decisions/${number}`
        const explains = as === 'officer' && event.data.decides !== null
        return { ...line, said: done, link: explains ? { path, title: more.why } : null }
      }
      if (event.kind === 'redecided') {
        const step = stepOf(compiledAt(number), event.data.step)
        const said = step ? sayEverywhere(more.anew, { said: line.said, step: step.done }) : line.said
        const path = `${officePath(reference)}/decisions/${number}`
        return { ...line, said, link: as === 'officer' ? { path, title: more.why } : null }
      }
      if ('cohort' in event.data && decides)
        return { ...line, link: { path: cohortPath(event.data.cohort), title: more.cohort } }
      if (event.kind === 'step-proposed') {
        const step = caseOf(compiledAt(number)).case.steps.find(({ id }) => id === event.data.step)
        return step ? { ...line, said: sayEverywhere(more.proposed, { step: step.title }) } : line
      }
      const other =
        event.kind === 'appealed'
          ? event.data.review
          : event.kind === 'merged' && as === 'officer'
            ? event.data.into
            : event.kind === 'taken-in'
              ? event.data.from
              : event.kind === 'given-back'
                ? event.data.to
                : undefined
      return other ? { ...line, link: { path: pathOf(other), title: same(other) } } : line
    })
}
