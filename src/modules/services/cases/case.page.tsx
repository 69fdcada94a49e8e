import type { ComponentChildren } from 'preact'
import {
  Button,
  Checkboxes,
  ErrorSummary,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  Select,
  SummaryList,
  Tag,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { AnswerSections } from '../applying/check.page.tsx'
import { heldTitle } from '../files/words.ts'
import { AttendedSection, PlaceSection } from '../places/place-section.tsx'
import { officePath } from './history.ts'
import { ActForm, Files, History, Rows, words as shared, stateOr, WaitTag } from './parts.tsx'
import { type CaseData, textMax } from './types.ts'

const words = texts({
  now: { en: 'What can be done now', 'zh-Hant': '現時可辦理' },
  take: { en: 'Take this case', 'zh-Hant': '領取個案' },
  giveBack: { en: 'Give it back', 'zh-Hant': '退回輪候' },
  free: { en: 'Free it', 'zh-Hant': '釋出個案' },
  fourEyes: { en: '{step} (another officer approves)', 'zh-Hant': '{step}（須另一名人員批准）' },
  with: { en: 'With {name}.', 'zh-Hant': '由{name}處理。' },
  withYou: { en: 'You have this case.', 'zh-Hant': '這宗個案由你處理。' },
  withNobody: { en: 'Nobody has this case.', 'zh-Hant': '這宗個案未有人領取。' },
  replyUntil: { en: 'The person can answer until', 'zh-Hant': '當事人可答覆至' },
  appealUntil: { en: 'A review can be asked for until', 'zh-Hant': '可要求覆核至' },
  opened: { en: 'Received', 'zh-Hant': '收到日期' },
  applicant: { en: 'Person', 'zh-Hant': '當事人' },
  notSignedIn: {
    en: 'Was not signed in: no message reaches them here. Use what they wrote of how to reach them.',
    'zh-Hant': '申請時未有登入，訊息不會送達當事人。請使用當事人填寫的聯絡方法。',
  },
  grant: { en: 'Grant', 'zh-Hant': '資助' },
  matches: { en: 'What fits it', 'zh-Hant': '匹配' },
  toMatches: { en: 'Cases of the other service', 'zh-Hant': '另一服務的個案' },
  toGrant: { en: 'Instalments, claims and reports', 'zh-Hant': '分期、申領及報告' },
  reviews: { en: 'Reviews', 'zh-Hant': '覆核個案' },
  review: { en: 'Reviewed as', 'zh-Hant': '覆核編號' },
  joined: { en: 'Joined with', 'zh-Hant': '併入' },
  rules: { en: 'What the rules say', 'zh-Hant': '規則所示' },
  noRow: { en: 'No row of this table fits.', 'zh-Hant': '沒有符合的規則。' },
  conflict: {
    en: 'Several rows of this table fit; it decides nothing.',
    'zh-Hant': '多於一項規則符合，未能得出結果。',
  },
  answers: { en: 'Answers', 'zh-Hant': '申請內容' },
  correct: { en: 'Correct', 'zh-Hant': '更正' },
  files: { en: 'Files', 'zh-Hant': '檔案' },
  held: {
    en: 'A file that was not checked can be opened by nobody until it is released:',
    'zh-Hant': '未經掃描的檔案在放行前無人可以開啟：',
  },
  harm: { en: 'A file was refused after it was sent', 'zh-Hant': '提交後有檔案被拒收' },
  harmText: {
    en: 'The virus scanner found {finding} in {name}. The file is gone, and the person was told. Ask for another one if it is needed.',
    'zh-Hant': '掃毒程式在 {name} 發現 {finding}。檔案已刪除，並已通知當事人。如有需要，請要求重新提交。',
  },
  noted: { en: 'What officers wrote', 'zh-Hant': '人員填寫' },
  proposal: { en: 'Proposed by {name}: {step}', 'zh-Hant': '{name}建議：{step}' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  sendBack: { en: 'Send back', 'zh-Hant': '退回' },
  why: { en: 'What should be done otherwise', 'zh-Hant': '須修改之處' },
  waitsOther: { en: 'Another officer must approve it.', 'zh-Hant': '須由另一名人員批准。' },
  complaint: { en: 'A complaint waits for its answer', 'zh-Hant': '有投訴待回覆' },
  answer: { en: 'Answer to the person', 'zh-Hant': '給當事人的回覆' },
  sendAnswer: { en: 'Send the answer', 'zh-Hant': '送出回覆' },
  ask: { en: 'Ask the person something', 'zh-Hant': '向當事人提問' },
  askLabel: { en: 'Question to the person', 'zh-Hant': '給當事人的提問' },
  askHint: {
    en: 'It goes to them as it stands. The clock stops until they answer.',
    'zh-Hant': '內容會原樣發送。答覆前時限暫停計算。',
  },
  askFiles: { en: 'Files', 'zh-Hant': '檔案' },
  askFilesToo: { en: 'Ask for files as well', 'zh-Hant': '同時要求提交檔案' },
  askFilesHint: {
    en: 'The person can send up to five with the answer.',
    'zh-Hant': '當事人可隨答覆提交最多五個檔案。',
  },
  send: { en: 'Send the question', 'zh-Hant': '送出提問' },
  note: { en: 'Write a note', 'zh-Hant': '寫備註' },
  noteLabel: { en: 'Note for officers', 'zh-Hant': '給人員的備註' },
  keep: { en: 'Keep the note', 'zh-Hant': '儲存備註' },
  hand: { en: 'Hand it to another officer', 'zh-Hant': '交給另一名人員' },
  to: { en: 'To', 'zh-Hant': '交給' },
  merge: { en: 'Join it with another case', 'zh-Hant': '與另一宗個案合併' },
  into: { en: 'Reference of the case that goes on', 'zh-Hant': '繼續處理的個案編號' },
  mergeHint: {
    en: 'Of the same service and applicant, about the same. The person is told. It can be undone.',
    'zh-Hant': '須屬同一服務、同一申請人及同一事項。當事人會獲通知。可以撤銷。',
  },
  join: { en: 'Join', 'zh-Hant': '合併' },
  part: { en: 'Part it again', 'zh-Hant': '重新分開' },
  more: { en: 'More', 'zh-Hant': '更多' },
})

export function CasePage(data: CaseData) {
  const { say } = usePage()
  const { line, wrong } = data
  const title = `${line.reference} · ${say(line.title)}`
  return (
    <Page
      title={title}
      error={wrong !== null}
      breadcrumbs={[
        { text: say(shared.desk), path: '/office/services' },
        { text: say(shared.cases), path: '/office/services/cases' },
      ]}
    >
      <ErrorSummary errors={wrong ? [{ field: fieldOf(wrong.field), text: say(wrong.text) }] : []} />
      <p class="caption">{line.reference}</p>
      <h1>
        <Phrase text={line.listed[0] ?? say(line.title)} />
      </h1>
      <p class="lead">
        {say(line.title)} · <Tag>{say(stateOr(line.state, line.outcome))}</Tag>
        <WaitTag {...line} />
      </p>
      <Harm {...data} />
      <Complaint {...data} />
      <Proposal {...data} />
      <Now {...data} />
      <Facts {...data} />
      {data.place && <PlaceSection place={data.place} path={null} />}
      {data.attended && <AttendedSection sessions={data.attended} />}
      <Rules {...data} />
      <section>
        <h2>{say(words.answers)}</h2>
        <AnswerSections sections={data.answers} level={3} change={words.correct} />
      </section>
      <Files files={data.files} title={say(words.files)} />
      <Held {...data} />
      {data.noted.length > 0 && (
        <section>
          <h2>{say(words.noted)}</h2>
          <Rows rows={data.noted} />
        </section>
      )}
      <More {...data} />
      <History lines={data.history} reference={line.reference} label={shared.history} />
    </Page>
  )
}

/** Each form has its own control, whose id the summary of mistakes leads to. */
const fieldOf = (form: string) => `${form}-text`

function Now({ line, number, steps, can, tokens, proposal }: CaseData) {
  const { say, href } = usePage()
  const path = officePath(line.reference)
  if (line.wait !== 'officer' && !can.part && !proposal?.mine) return null
  const who = line.mine
    ? say(words.withYou)
    : line.claimedBy
      ? say(words.with, { name: line.claimedBy.name })
      : say(words.withNobody)
  return (
    <section>
      <h2>{say(words.now)}</h2>
      {line.wait === 'officer' && <p>{who}</p>}
      {proposal?.mine && <p>{say(words.waitsOther)}</p>}
      <div class="buttons">
        {steps.map((step, at) => (
          <Button key={step.id} {...(at > 0 && { kind: 'second' as const })} href={href(`${path}/steps/${step.id}`)}>
            {step.fourEyes ? say(words.fourEyes, { step: step.title }) : say(step.title)}
          </Button>
        ))}
        {can.claim && (
          <ActForm to={`${path}/claim`} token={tokens.claim!}>
            <Button>{say(words.take)}</Button>
          </ActForm>
        )}
        {can.release && (
          <ActForm to={`${path}/release`} token={tokens.release!}>
            <Button kind="second">{say(line.mine ? words.giveBack : words.free)}</Button>
          </ActForm>
        )}
        {can.part && (
          <ActForm to={`${path}/parting`} token={tokens.part!} seen={number}>
            <Button kind="second">{say(words.part)}</Button>
          </ActForm>
        )}
      </div>
    </section>
  )
}

function Proposal({ line, number, proposal, can, tokens, wrong }: CaseData) {
  const { say } = usePage()
  if (!proposal) return null
  const to = `${officePath(line.reference)}/proposals/${proposal.number}`
  return (
    <NotificationBanner
      title={say(words.proposal, { name: proposal.by, step: proposal.title })}
      tone="warn"
      id="proposal"
    >
      {proposal.reasons.map((reason) => (
        <p key={reason.en}>{say(reason)}</p>
      ))}
      {proposal.noted.length > 0 && <Rows rows={proposal.noted} />}
      {can.approve && (
        <>
          <ActForm to={to} token={tokens.approve!} seen={number}>
            <input type="hidden" name="answer" value="approved" />
            <Button>{say(words.approve)}</Button>
          </ActForm>
          <ActForm to={to} token={tokens['sent-back']!} seen={number} apart>
            <input type="hidden" name="answer" value="sent-back" />
            <TextArea
              name="text"
              id="sent-back-text"
              label={say(words.why)}
              rows={3}
              maxLength={textMax}
              {...errorOf(wrong, 'sent-back', say)}
            />
            <Button kind="second">{say(words.sendBack)}</Button>
          </ActForm>
        </>
      )}
    </NotificationBanner>
  )
}

const errorOf = (wrong: CaseData['wrong'], field: string, say: ReturnType<typeof usePage>['say']) =>
  wrong?.field === field ? { error: say(wrong.text) } : {}

function Harm({ files }: CaseData) {
  const { say } = usePage()
  const refused = files.filter(({ state }) => state === 'refused')
  if (refused.length === 0) return null
  return (
    <NotificationBanner title={say(words.harm)} tone="warn" id="refused-file">
      {refused.map(({ id, name, finding }) => (
        <p key={id}>{say(words.harmText, { name, finding: finding ?? '–' })}</p>
      ))}
    </NotificationBanner>
  )
}

/** Where a file that nobody can open yet is released, or what it waits for. */
function Held({ files }: CaseData) {
  const { say, href } = usePage()
  if (!files.some(({ state }) => state === 'held' || state === 'unchecked')) return null
  return (
    <p>
      {say(words.held)} <a href={href('/office/services/files')}>{say(heldTitle)}</a>
    </p>
  )
}

function Complaint({ line, complaint, can, tokens, wrong }: CaseData) {
  const { say } = usePage()
  if (complaint === null) return null
  return (
    <NotificationBanner title={say(words.complaint)} tone="warn" id="complaint">
      <p>{complaint}</p>
      {can.answer && (
        <ActForm to={`${officePath(line.reference)}/complaint`} token={tokens.complaint!}>
          <TextArea
            name="text"
            id="complaint-text"
            label={say(words.answer)}
            rows={4}
            maxLength={textMax}
            {...errorOf(wrong, 'complaint', say)}
          />
          <Button>{say(words.sendAnswer)}</Button>
        </ActForm>
      )}
    </NotificationBanner>
  )
}

function Facts(data: CaseData) {
  const { say, href } = usePage()
  const { line, replyUntilOn, appealUntilOn, reviewOf, review, mergedInto, applicant } = data
  const other = (reference: string) => <a href={href(officePath(reference))}>{reference}</a>
  const rows = [
    { key: say(words.applicant), value: applicant ? say(applicant) : say(words.notSignedIn) },
    { key: say(words.opened), value: <Moment at={line.openedAt} /> },
    ...(data.granted
      ? [
          {
            key: say(words.grant),
            value: <a href={href(`${officePath(line.reference)}/grant`)}>{say(words.toGrant)}</a>,
          },
        ]
      : []),
    ...(data.matches
      ? [
          {
            key: say(words.matches),
            value: <a href={href(`${officePath(line.reference)}/matches`)}>{say(words.toMatches)}</a>,
          },
        ]
      : []),
    ...(line.dueOn ? [{ key: say(shared.due), value: <Moment at={line.dueOn} /> }] : []),
    ...(replyUntilOn ? [{ key: say(words.replyUntil), value: <Moment at={replyUntilOn} /> }] : []),
    ...(appealUntilOn ? [{ key: say(words.appealUntil), value: <Moment at={appealUntilOn} /> }] : []),
    ...(reviewOf ? [{ key: say(words.reviews), value: other(reviewOf) }] : []),
    ...(review ? [{ key: say(words.review), value: other(review) }] : []),
    ...(mergedInto ? [{ key: say(words.joined), value: other(mergedInto) }] : []),
  ]
  return (
    <div class="after-form">
      <SummaryList rows={rows} />
    </div>
  )
}

export function Rules({ tables }: Pick<CaseData, 'tables'>) {
  const { say } = usePage()
  if (tables.length === 0) return null
  return (
    <section>
      <h2>{say(words.rules)}</h2>
      {tables.map((table) => (
        <div key={table.title.en}>
          <h3>{say(table.title)}</h3>
          {table.outcome === 'none' && <p>{say(words.noRow)}</p>}
          {table.outcome === 'conflict' && <p>{say(words.conflict)}</p>}
          {table.gives.length > 0 && <Rows rows={table.gives} />}
          {table.reasons.map((reason) => (
            <p key={reason.en}>{say(reason)}</p>
          ))}
        </div>
      ))}
    </section>
  )
}

/** What is done now and then: folded, so that the decision stays in sight. */
function More({ line, number, can, tokens, officers, wrong }: CaseData) {
  const { say } = usePage()
  const path = officePath(line.reference)
  const fold = (id: string, title: string, form: ComponentChildren) => (
    <details class="details" key={id} open={wrong?.field === id}>
      <summary>
        <span>{title}</span>
      </summary>
      <div>{form}</div>
    </details>
  )
  return (
    <section>
      <h2>{say(words.more)}</h2>
      {can.ask &&
        fold(
          'ask',
          say(words.ask),
          <ActForm to={`${path}/questions`} token={tokens.ask!} seen={number}>
            <TextArea
              name="text"
              id="ask-text"
              label={say(words.askLabel)}
              hint={say(words.askHint)}
              maxLength={textMax}
              {...errorOf(wrong, 'ask', say)}
            />
            <Checkboxes
              name="files"
              label={say(words.askFiles)}
              options={[{ value: 'yes', label: say(words.askFilesToo), hint: say(words.askFilesHint) }]}
            />
            <Button>{say(words.send)}</Button>
          </ActForm>,
        )}
      {fold(
        'note',
        say(words.note),
        <ActForm to={`${path}/notes`} token={tokens.note!}>
          <TextArea
            name="text"
            id="note-text"
            label={say(words.noteLabel)}
            maxLength={textMax}
            {...errorOf(wrong, 'note', say)}
          />
          <Button kind="second">{say(words.keep)}</Button>
        </ActForm>,
      )}
      {can.assign &&
        officers.length > 0 &&
        fold(
          'assign',
          say(words.hand),
          <ActForm to={`${path}/assign`} token={tokens.assign!}>
            <Select
              name="to"
              label={say(words.to)}
              options={officers.map(({ id, name }) => ({ value: id, label: say(name) }))}
            />
            <Button kind="second">{say(words.hand)}</Button>
          </ActForm>,
        )}
      {can.merge &&
        fold(
          'merge',
          say(words.merge),
          <ActForm to={`${path}/merge`} token={tokens.merge!} seen={number}>
            <TextField
              name="into"
              id="merge-text"
              label={say(words.into)}
              hint={say(words.mergeHint)}
              maxLength={40}
              width={20}
              autocomplete="off"
              {...errorOf(wrong, 'merge', say)}
            />
            <Button kind="second">{say(words.join)}</Button>
          </ActForm>,
        )}
    </section>
  )
}
