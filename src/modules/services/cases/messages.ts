import { sendMessage } from '#identity'
import { type Installation, Problem, type Sql, say, type Text, texts } from '#platform'
import { nothing, questionsOf, textOfValue, textOrDash } from '../applying/answers.rules.ts'
import { dayText } from '../applying/read.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { inEvery, same } from '../texts.rules.ts'
import { caseOf, evaluate, type Known } from './decide.rules.ts'
import type { Case } from './events.ts'
import { stateOf } from './placed.rules.ts'
import type { NewEvent } from './write.ts'

/** Messages that every service has, beside those of its definition. */
export const builtIn = texts({
  informationAsked: { en: 'A question about {reference}', 'zh-Hant': '有關 {reference} 的提問' },
  informationAskedText: {
    en: '{organisation} asks:\n\n{text}\n\nAnswer by {until}. The time that a decision takes stands still until you answer. Without an answer we go on with what we have.',
    'zh-Hant':
      '{organisation}提問：\n\n{text}\n\n請於 {until} 或之前答覆。在你答覆前，處理時限暫停計算。如沒有答覆，我們會按現有資料繼續處理。',
  },
  reminded: { en: 'A question about {reference} still waits', 'zh-Hant': '有關 {reference} 的提問仍待答覆' },
  remindedText: {
    en: '{organisation} asked you something about {title}. Answer by {until}.',
    'zh-Hant': '{organisation}就「{title}」向你提問。請於 {until} 或之前答覆。',
  },
  corrected: { en: 'Something in {reference} was corrected', 'zh-Hant': '{reference} 的內容已更正' },
  correctedText: {
    en: '{organisation} corrected what you sent with “{title}”:\n\n{text}\n\nWhy: {why}\n\nWhat you sent is kept as well. If this is not right, open your application and write a complaint there.',
    'zh-Hant':
      '{organisation}更正了你隨「{title}」提交的內容：\n\n{text}\n\n原因：{why}\n\n你原先提交的內容仍會保留。如更正有誤，請開啟你的申請並在該處提出投訴。',
  },
  lapsed: { en: '{reference} goes on without your answer', 'zh-Hant': '{reference} 在沒有答覆下繼續處理' },
  lapsedText: {
    en: '{organisation} had no answer from you by {until} and goes on with what it has.',
    'zh-Hant': '{organisation}未在 {until} 或之前收到你的答覆，會按現有資料繼續處理。',
  },
  withdrawn: { en: '{reference} is withdrawn', 'zh-Hant': '{reference} 已撤回' },
  withdrawnText: {
    en: 'You have withdrawn “{title}”. Nothing more is done, and you can apply again.',
    'zh-Hant': '你已撤回「{title}」。我們不會再處理，你可重新申請。',
  },
  review: { en: 'The review {reference} has begun', 'zh-Hant': '覆核 {reference} 已開始' },
  reviewText: {
    en: 'You asked for a review of {original}. Officers who did not decide before look at it anew, under the number {reference}.',
    'zh-Hant': '你要求覆核 {original}。未曾參與原決定的人員會重新審視，編號為 {reference}。',
  },
  complaintAnswered: { en: 'Your complaint about {reference}', 'zh-Hant': '你就 {reference} 的投訴' },
  complaintAnsweredText: { en: '{organisation} answers:\n\n{text}', 'zh-Hant': '{organisation}回覆：\n\n{text}' },
  merged: { en: '{reference} was joined with another', 'zh-Hant': '{reference} 已與另一宗合併' },
  mergedText: {
    en: '{organisation} has more than one application for “{title}” about the same matter. They are decided as one.',
    'zh-Hant': '{organisation}收到多於一份關於同一事項的「{title}」申請，會一併處理。',
  },
  mergedInto: { en: '{reference} was joined with {into}', 'zh-Hant': '{reference} 已併入 {into}' },
  mergedIntoText: {
    en: 'You have more than one application for “{title}” about the same matter. {organisation} decides them as one, under {into}: what happens next, and the decision, you find there. If they are not about the same, tell the department, which can part them again.',
    'zh-Hant':
      '你就同一事項提交了多於一份「{title}」申請。{organisation}會以 {into} 一併處理，進度和決定請看該份申請。如兩者並非同一事項，請通知部門，部門可重新分開處理。',
  },
  mergeUndone: { en: '{reference} goes on by itself again', 'zh-Hant': '{reference} 已恢復獨立處理' },
  mergeUndoneText: {
    en: '{organisation} had joined this application for “{title}” with another, and has parted them again. It goes on from where it stood and gets a decision of its own. You need not do anything.',
    'zh-Hant':
      '{organisation}曾把這份「{title}」申請與另一份合併，現已重新分開。這份申請會從合併前的階段繼續處理，並會另有決定。你無須辦理任何事項。',
  },
  moved: {
    en: 'Your application {reference} goes on by newer rules',
    'zh-Hant': '你的申請 {reference} 改按新版本規則處理',
  },
  movedText: {
    en: '{organisation} goes on with “{title}” by a newer version of its rules. What you sent stays as it is, and so does the day by which you hear from us. You need not do anything.',
    'zh-Hant':
      '{organisation}會按新版本的規則繼續處理「{title}」。你提交的資料和答覆你的限期不變，你無須辦理任何事項。',
  },
  moveUndone: {
    en: 'Your application {reference} goes on by the rules as before',
    'zh-Hant': '你的申請 {reference} 恢復按原有規則處理',
  },
  moveUndoneText: {
    en: '{organisation} told you that “{title}” goes on by a newer version of its rules. This is taken back: it goes on by the rules that held when you applied. You need not do anything.',
    'zh-Hant':
      '{organisation}曾通知你「{title}」會按新版本的規則處理。該項改動現已撤回，申請會按你提交時的規則繼續處理。你無須辦理任何事項。',
  },
  redecided: { en: 'A new decision on {reference}', 'zh-Hant': '{reference} 已重新作出決定' },
  redecidedText: {
    en: 'The rules of “{title}” have changed, and {organisation} has decided your case anew by them.\n\nBefore: {before}\nNow: {after}\n\n{reason}\n\n{review}',
    'zh-Hant':
      '「{title}」的規則已修訂，{organisation}按修訂後的規則重新決定你的個案。\n\n原決定：{before}\n現決定：{after}\n\n{reason}\n\n{review}',
  },
  redecisionUndone: { en: 'The new decision on {reference} is taken back', 'zh-Hant': '{reference} 的新決定已撤回' },
  redecisionUndoneText: {
    en: '{organisation} has taken back the decision that it made anew on “{title}”. The decision before it counts again.\n\nTaken back: {before}\nCounts now: {after}\n\n{reason}\n\n{review}',
    'zh-Hant':
      '{organisation}已撤回就「{title}」重新作出的決定，原決定再次生效。\n\n已撤回：{before}\n現時生效：{after}\n\n{reason}\n\n{review}',
  },
  fileRefused: { en: 'A file of {reference} was refused', 'zh-Hant': '{reference} 有檔案被拒收' },
  fileRefusedText: {
    en: 'You sent “{name}” with “{title}”. A virus scanner found something harmful in it, and we have deleted it. Everything else that you sent is unchanged. {organisation} will ask you for another file if it needs one.',
    'zh-Hant':
      '你隨「{title}」送出「{name}」。掃毒程式在檔案中發現有害內容，我們已將其刪除。你送出的其他內容不變。如有需要，{organisation}會請你再提交檔案。',
  },
})
/** What one is called: its subject stands under its name, and its text beside it. */
export type BuiltIn = keyof typeof builtIn extends infer Key ? (Key extends `${infer Name}Text` ? Name : never) : never

/** What fills the places of messages and letters, each asked for when its place is met. */
export type Filling = {
  now: Pick<Case, 'reference' | 'state'>
  compiled: CompiledService
  known: Known
  reasons?: readonly string[]
  appealUntilOn?: string | null
  organisation: Text
  /** The code of the government’s currency. */
  currency: string
  more?: Readonly<Record<string, Text>>
}

function placeOf(name: string, filling: Filling): Text {
  const { now, compiled, known, reasons = [], appealUntilOn, organisation, currency, more = {} } = filling
  if (Object.hasOwn(more, name)) return more[name]!
  const { case: definition } = caseOf(compiled)
  const state = stateOf(compiled, now.state)
  switch (name) {
    case 'reference':
      return same(now.reference)
    case 'title':
      return compiled.service.title
    case 'state':
      return state.title
    case 'next':
      return state.next
    case 'days':
      return same(String(state.clock?.days ?? '–'))
    case 'organisation':
      return organisation
    case 'appeal_until':
      return appealUntilOn ? dayText(appealUntilOn) : nothing
    case 'reason': {
      const said = reasons.map((id) => definition.reasons?.find((each) => each.id === id)?.text ?? nothing)
      return said.length === 0 ? nothing : inEvery((language) => said.map((each) => say(each, language)).join('\n'))
    }
  }
  const asked = definition.steps.flatMap(({ asks = [] }) => asks).find(({ id }) => id === name)
  if (asked) return textOrDash(asked, known.noted[name], currency)
  const question = compiled.form && questionsOf(compiled.form.form).get(name)
  if (question) return textOrDash(question, known.answers[name], currency)
  const calculated = compiled.form?.form.values?.find(({ id }) => id === name)
  if (!calculated) return nothing
  return textOfValue(calculated, evaluate(compiled, known).values[name], currency)
}

/** A text of a definition with its places filled, in every language. */
export const fillText = (template: Text, filling: Filling): Text =>
  fillPlaces(template, (name) => placeOf(name, filling))

/** The same with places that somebody else knows, as where a template is shown with samples. */
export const fillPlaces = (template: Text, placeOf: (name: string) => Text): Text =>
  inEvery((language) =>
    say(template, language).replace(/\{(\w+)\}/g, (_, name: string) => say(placeOf(name), language)),
  )

/** Of a department: cases are worked by those of the government alone. */
export const nameOfOrganisation = ({ pack }: Pick<Installation, 'pack'>, id: string): Text =>
  pack.organisations.find((each) => each.id === id)?.name ?? same(id)

/**
 * Sends a message of the definition, or one that every service has, in the caller’s transaction: to the inbox of the person, and
 * into the case, where whoever has its reference reads it. Returns the event that says so.
 */
export async function tell(
  sql: Sql,
  installation: Installation,
  now: Case,
  message: { id: string } | { builtIn: BuiltIn },
  filling: Omit<Filling, 'now' | 'organisation' | 'currency'>,
): Promise<NewEvent> {
  const id = 'id' in message ? message.id : message.builtIn
  const template =
    'id' in message
      ? caseOf(filling.compiled).case.messages.find((each) => each.id === message.id)
      : { subject: builtIn[message.builtIn], text: builtIn[`${message.builtIn}Text`] }
  if (!template) throw new Error(`There is no message ${id}`)
  const organisation = nameOfOrganisation(installation, now.organisation)
  const filled = { ...filling, now, organisation, currency: installation.pack.government.currency.code }
  const subject = fillText(template.subject, filled)
  const text = fillText(template.text, filled)
  return {
    kind: 'message-sent',
    data: { message: id, inbox: await toInbox(sql, installation, now, { subject, text }) },
    sealed: { subject, text },
  }
}

/** False where nobody was signed in, or the account has closed since. */
export async function toInbox(
  sql: Sql,
  { vault }: Pick<Installation, 'vault'>,
  now: Pick<Case, 'reference' | 'personId' | 'organisation' | 'service'>,
  { subject, text }: { subject: Text; text: Text },
): Promise<boolean> {
  if (now.personId === null) return false
  try {
    await sendMessage(sql, {
      ...{ vault, personId: now.personId, organisation: now.organisation, service: now.service },
      ...{ title: subject, body: text, reference: now.reference, link: `/services/cases/${now.reference}` },
    })
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
