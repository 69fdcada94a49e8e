import {
  Button,
  Details,
  ErrorSummary,
  FileField,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  TextArea,
  texts,
  usePage,
} from '#platform'
import { AnswerSections } from '../applying/check.page.tsx'
import { FileLine } from '../applying/files.tsx'
import { applicationsTitle } from '../applying/mine.page.tsx'
import { acceptOf, kindsText } from '../files/kinds.rules.ts'
import { fileLimits } from '../files/receive.ts'
import { PlaceSection } from '../places/place-section.tsx'
import { ownPath } from './history.ts'
import { ActForm, Files, History, nextOf, Paragraphs, words as shared, stateOr } from './parts.tsx'
import { Clock, Stages } from './stages.tsx'
import { type OwnCaseData, replyFilesMax, textMax } from './types.ts'

const words = texts({
  next: { en: 'What happens next', 'zh-Hant': '下一步' },
  sent: { en: 'Sent', 'zh-Hant': '送出' },
  who: { en: 'Department', 'zh-Hant': '部門' },
  asks: { en: 'A question for you', 'zh-Hant': '給你的提問' },
  until: { en: 'Answer by', 'zh-Hant': '請於以下日期或之前答覆：' },
  reply: { en: 'Your answer', 'zh-Hant': '你的答覆' },
  send: { en: 'Send the answer', 'zh-Hant': '送出答覆' },
  filesToo: {
    en: 'You can send up to {max} files, one after the other. They and your text are kept until you send the answer.',
    'zh-Hant': '你可逐一上載最多 {max} 個檔案。送出答覆前，檔案和文字會一直保留。',
  },
  file: { en: 'File', 'zh-Hant': '檔案' },
  fileHint: { en: 'Send {kinds}, up to {megabytes} MB', 'zh-Hant': '請提交{kinds}，不超過 {megabytes} MB' },
  upload: { en: 'Upload', 'zh-Hant': '上載' },
  ready: { en: 'Ready to go with the answer', 'zh-Hant': '將隨答覆送出的檔案' },
  remove: { en: 'Take away', 'zh-Hant': '刪去' },
  withdraw: { en: 'Withdraw the application', 'zh-Hant': '撤回申請' },
  withdrawText: {
    en: 'Nothing more is done then, and this cannot be undone. You can apply again.',
    'zh-Hant': '撤回後不會再處理，亦不能還原；你可重新申請。',
  },
  itemEnds: {
    en: '{number} in its register ends with the application.',
    'zh-Hant': '登記冊內的 {number} 會隨申請撤回而終止。',
  },
  itemStays: {
    en: '{number} stands in a register and does not end with the application. Ask the department to end it first.',
    'zh-Hant': '{number} 仍載於登記冊，不會隨申請撤回而終止。請先要求部門終止該登記項。',
  },
  appeal: { en: 'Ask for a review', 'zh-Hant': '要求覆核' },
  appealText: {
    en: 'Officers who did not decide look at it anew. You can ask until',
    'zh-Hant': '由未曾參與決定的人員重新審視。限期至',
  },
  grounds: { en: 'Why the decision is wrong', 'zh-Hant': '為何認為決定有誤' },
  complain: { en: 'Complain about how it is handled', 'zh-Hant': '投訴處理方式' },
  complaint: { en: 'What was not right', 'zh-Hant': '有何不妥' },
  complaintHint: {
    en: 'An officer who decides reads it and answers you.',
    'zh-Hant': '由負責決定的人員閱讀並回覆你。',
  },
  sendComplaint: { en: 'Send the complaint', 'zh-Hant': '送出投訴' },
  answers: { en: 'What you sent', 'zh-Hant': '你送出的內容' },
  files: { en: 'Files that you sent', 'zh-Hant': '你送出的檔案' },
  offered: { en: 'Yours to take', 'zh-Hant': '待你接收' },
  offeredText: {
    en: 'It stands in a register and is yours once you take it. Whoever has this code can take it in your place, so keep it to yourself.',
    'zh-Hant': '已載入登記冊，由你接收後即歸你持有。任何人有此代碼均可代為接收，請妥為保密。',
  },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  take: { en: 'Look at it and take it', 'zh-Hant': '查看並接收' },
  review: { en: 'The review', 'zh-Hant': '覆核' },
  grant: { en: 'The grant: accept it, claim and report', 'zh-Hant': '資助：接受、申領及報告' },
  reviewOf: { en: 'A review of', 'zh-Hant': '所覆核的決定' },
})

/** Items of registers that the department has begun for whoever applied, and that are theirs once they take them. */
function Offered({ offered }: Pick<OwnCaseData, 'offered'>) {
  const { say, href } = usePage()
  if (offered.length === 0) return null
  return (
    <section>
      <h2>{say(words.offered)}</h2>
      <p>{say(words.offeredText)}</p>
      {offered.map(({ title, number, code }) => (
        <form method="post" action={href('/ledger/invitations')} key={number}>
          <SummaryList
            rows={[
              { key: say(title), value: number },
              { key: say(words.code), value: code },
            ]}
          />
          <input type="hidden" name="code" value={code} />
          <Button>{say(words.take)}</Button>
        </form>
      ))}
    </section>
  )
}

/** Where a case stands, what happens next, and until when. */
function State(data: OwnCaseData) {
  const { say } = usePage()
  return (
    <section class="verdict verdict--large">
      <h2>{say(stateOr(data.state, data.ended))}</h2>
      <h3>{say(words.next)}</h3>
      <p>{say(nextOf({ ...data, lacking: data.place?.lacking ?? false }))}</p>
      <Clock {...data} />
    </section>
  )
}

/** A case for its person: where it stands, what happens next, what they can do, and all that happened. */
export function OwnCasePage(data: OwnCaseData) {
  const { say, href } = usePage()
  const { reference, can, tokens, wrong, question } = data
  const path = ownPath(reference)
  const title = say(data.title)
  const error = (field: string) => (wrong?.field === field ? { error: say(wrong.text) } : {})
  const other = (to: string) => <a href={href(ownPath(to))}>{to}</a>
  return (
    <Page
      title={`${title} · ${reference}`}
      error={wrong !== null}
      breadcrumbs={[{ text: say(applicationsTitle), path: '/account/applications' }]}
    >
      <ErrorSummary
        errors={
          wrong ? [{ field: wrong.field === 'file' ? 'reply-file' : `${wrong.field}-text`, text: say(wrong.text) }] : []
        }
      />
      <p class="caption">{reference}</p>
      <h1>
        <Phrase text={title} />
      </h1>
      <State {...data} />
      <Stages stages={data.stages} wait={data.wait} />
      {data.granted && (
        <p>
          <a href={href(`${path}/grant`)}>{say(words.grant)}</a>
        </p>
      )}
      {can.reply && question !== null && (
        <NotificationBanner title={say(words.asks)} tone="warn" id="question">
          <Paragraphs text={question} />
          {data.replyUntilOn && (
            <p>
              {say(words.until)} <Moment at={data.replyUntilOn} />
            </p>
          )}
          {data.reply ? (
            <ReplyWithFiles reply={data.reply} path={path} token={tokens.reply!} error={error} />
          ) : (
            <ActForm to={`${path}/reply`} token={tokens.reply!}>
              <TextArea
                name="text"
                id="reply-text"
                label={say(words.reply)}
                value={wrong?.field === 'reply' ? wrong.typed : ''}
                maxLength={textMax}
                {...error('reply')}
              />
              <Button>{say(words.send)}</Button>
            </ActForm>
          )}
        </NotificationBanner>
      )}
      <SummaryList
        rows={[
          { key: say(words.who), value: say(data.organisation) },
          { key: say(words.sent), value: <Moment at={data.openedAt} /> },
          ...(data.reviewOf ? [{ key: say(words.reviewOf), value: other(data.reviewOf) }] : []),
          ...(data.review ? [{ key: say(words.review), value: other(data.review) }] : []),
        ]}
      />
      <Offered offered={data.offered} />
      {data.place && <PlaceSection place={data.place} path={ownPath(data.reviewOf ?? reference)} />}
      {can.appeal && (
        <Details summary={say(words.appeal)} open={wrong?.field === 'appeal'}>
          <p>
            {say(words.appealText)} {data.appealUntilOn && <Moment at={data.appealUntilOn} />}
          </p>
          <ActForm to={`${path}/appeal`} token={tokens.appeal!}>
            <TextArea
              name="text"
              id="appeal-text"
              label={say(words.grounds)}
              maxLength={textMax}
              {...error('appeal')}
            />
            <Button>{say(words.appeal)}</Button>
          </ActForm>
        </Details>
      )}
      {can.withdraw && (
        <Details summary={say(words.withdraw)}>
          <p>{say(words.withdrawText)}</p>
          {data.items.map(({ number, ends }) => (
            <p key={number}>{say(ends ? words.itemEnds : words.itemStays, { number })}</p>
          ))}
          <ActForm to={`${path}/withdrawal`} token={tokens.withdraw!}>
            <Button kind="harm">{say(words.withdraw)}</Button>
          </ActForm>
        </Details>
      )}
      {can.complain && (
        <Details summary={say(words.complain)} open={wrong?.field === 'complain'}>
          <ActForm to={`${path}/complaint`} token={tokens.complain!}>
            <TextArea
              name="text"
              id="complain-text"
              label={say(words.complaint)}
              hint={say(words.complaintHint)}
              maxLength={textMax}
              {...error('complain')}
            />
            <Button kind="second">{say(words.sendComplaint)}</Button>
          </ActForm>
        </Details>
      )}
      <History lines={data.history} reference={reference} label={shared.history} opensNewest />
      <section>
        <h2>{say(words.answers)}</h2>
        <AnswerSections sections={data.answers} level={3} />
      </section>
      <Files files={data.files} title={say(words.files)} />
    </Page>
  )
}

/** The answer where files are asked for as well: one form, so that no button loses what stands beside it. */
function ReplyWithFiles({
  reply,
  path,
  token,
  error,
}: {
  reply: NonNullable<OwnCaseData['reply']>
  path: string
  token: string
  error: (field: string) => { error?: string }
}) {
  const { say, href } = usePage()
  const isFull = reply.files.length >= replyFilesMax
  // The receiver fills fields in their order: what stands before the file is there whatever becomes of that.
  return (
    <form method="post" action={href(`${path}/reply/files`)} encType="multipart/form-data" noValidate>
      <input type="hidden" name="token" value={token} />
      <TextArea
        name="text"
        id="reply-text"
        label={say(words.reply)}
        hint={say(words.filesToo, { max: replyFilesMax })}
        value={reply.text}
        maxLength={textMax}
        {...error('reply')}
      />
      {(!isFull || error('file').error) && (
        <FileField
          name="file"
          id="reply-file"
          label={say(words.file)}
          hint={say(words.fileHint, { kinds: kindsText([]), megabytes: fileLimits.fileOctets / 1e6 })}
          accept={acceptOf([])}
          {...error('file')}
        />
      )}
      {reply.files.length > 0 && (
        <>
          <h3>{say(words.ready)}</h3>
          <ul class="plain">
            {reply.files.map((note) => (
              <li key={note.id}>
                <FileLine note={note} path={note.path} />{' '}
                <Button kind="link" name="remove" value={note.id}>
                  {say(words.remove)}
                  <span class="visually-hidden"> {note.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="buttons">
        {!isFull && (
          <Button kind="second" name="act" value="upload">
            {say(words.upload)}
          </Button>
        )}
        <Button name="act" value="send">
          {say(words.send)}
        </Button>
      </div>
    </form>
  )
}
