import {
  Button,
  ErrorSummary,
  Mark,
  Moment,
  Page,
  Phrase,
  SummaryList,
  type Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { type FailureCode, failureTexts } from '../anchor/failures.ts'
import { tellFailure } from '../health/witness-failures.ts'
import { officeCrumbs } from '../office/crumbs.ts'
import { Done } from '../office/done.tsx'
import { type AlarmKind, type AlarmNote, type AlarmsData, overdueDays } from './types.ts'

export const noteMax = 500

export const words = texts({
  title: { en: 'Alarms', 'zh-Hant': '警報' },
  lead: {
    en: 'What is wrong with logs, keys and quotas. It is looked for each minute, told once, and closed by itself when it ends; evidence against a log is closed by a person.',
    'zh-Hant':
      '日誌、密鑰和限額的異常情況。系統每分鐘查看一次，只通知一次，情況結束即自行解除；針對日誌的證據須由人員解除。',
  },
  none: {
    en: 'Nothing was found wrong. What is found stands here, with what to do about it.',
    'zh-Hant': '沒有發現異常。如有發現，會連同處理方法列於此處。',
  },
  open: { en: 'Open', 'zh-Hant': '未解除' },
  closed: { en: 'Closed', 'zh-Hant': '已解除' },
  subject: { en: 'About', 'zh-Hant': '對象' },
  opened: { en: 'Opened', 'zh-Hant': '發出' },
  seen: { en: 'Last found', 'zh-Hant': '最後發現' },
  known: { en: 'Acknowledged', 'zh-Hant': '已知悉' },
  note: { en: 'What you do about it', 'zh-Hant': '你的處理方法' },
  missing: { en: 'Write what you do about it.', 'zh-Hant': '請填寫處理方法。' },
  long: {
    en: 'Write what you do about it in {max} characters at most.',
    'zh-Hant': '處理方法上限為 {max} 個字元，請縮短。',
  },
  acknowledge: { en: 'Acknowledge', 'zh-Hant': '知悉' },
  close: { en: 'Close', 'zh-Hant': '解除' },
})

/** What each kind is, what to do, and what the row calls that tells what was found. */
const kinds: Readonly<Record<AlarmKind, { title: Text; remedy: Text; found: Text }>> = {
  'witness-refuses': {
    title: { en: 'A witness refuses a checkpoint', 'zh-Hant': '見證者拒絕加簽檢查點' },
    remedy: {
      en: 'Until it cosigns again, nothing is published that needs it.',
      'zh-Hant': '在其再次加簽之前，須由它加簽的檢查點不會公布。',
    },
    found: { en: 'Why', 'zh-Hant': '原因' },
  },
  'split-view': {
    title: { en: 'A log signed two histories', 'zh-Hant': '日誌簽署了兩段歷史' },
    remedy: {
      en: 'Fetch the evidence, give it to whoever relies on that log, and close this when that is done.',
      'zh-Hant': '請取出證據，交給依賴該日誌的各方；完成後方可解除。',
    },
    found: { en: 'Evidence', 'zh-Hant': '證據' },
  },
  'anchor-contradicts': {
    title: { en: 'A chain holds another history of a log', 'zh-Hant': '鏈上存有日誌的另一段歷史' },
    remedy: {
      en: 'Stop writing to the log, and follow docs/guides/recover-a-ledger.md.',
      'zh-Hant': '請停止寫入該日誌，並按 docs/guides/recover-a-ledger.md 處理。',
    },
    found: { en: 'Why', 'zh-Hant': '原因' },
  },
  'anchor-fails': {
    title: { en: 'A checkpoint does not get to the chain', 'zh-Hant': '檢查點未能寫到鏈上' },
    remedy: {
      en: 'It is tried again by itself, and nothing is lost meanwhile.',
      'zh-Hant': '系統會自行再試，檢查點保留待送。',
    },
    found: { en: 'Why', 'zh-Hant': '原因' },
  },
  'entries-wait': {
    title: { en: 'Entries wait too long', 'zh-Hant': '條目等候過久' },
    remedy: {
      en: 'No process puts entries in order. See that Praya runs, and what its log says.',
      'zh-Hant': '沒有程序為條目排序。請查看 Praya 是否運行及其運行紀錄。',
    },
    found: { en: 'The oldest waits since', 'zh-Hant': '最早一項自此時起等候' },
  },
  'not-published': {
    title: { en: 'A log publishes nothing more', 'zh-Hant': '日誌沒有再公布' },
    remedy: {
      en: 'Too few witnesses cosign. See under health which of them fail, and call their operators.',
      'zh-Hant': '加簽的見證者不足。請在運作狀況查看哪些失敗，並聯絡其營運者。',
    },
    found: { en: 'Since', 'zh-Hant': '始於' },
  },
  'quota-reached': {
    title: { en: 'An organisation has reached its quota', 'zh-Hant': '機構已達限額' },
    remedy: {
      en: 'Its programs are refused until midnight (UTC). Whoever runs the logs can set a higher quota.',
      'zh-Hant': '其程式在協調世界時零時前會被拒絕。營運日誌的人員可調高限額。',
    },
    found: { en: 'Day (UTC)', 'zh-Hant': '日期（協調世界時）' },
  },
  'key-ending': {
    title: { en: 'A key of a program ends soon', 'zh-Hant': '程式密鑰即將到期' },
    remedy: { en: 'Rotate it, so that the program goes on.', 'zh-Hant': '請更換密鑰，以免程式中斷。' },
    found: { en: 'Ends', 'zh-Hant': '到期' },
  },
  'rotation-overdue': {
    title: { en: 'A key is old', 'zh-Hant': '密鑰使用過久' },
    remedy: {
      en: 'Rotate it: a program’s key after {program} days, the keys of a log after {log}.',
      'zh-Hant': '請更換：程式密鑰每 {program} 日一次，日誌密鑰每 {log} 日一次。',
    },
    found: { en: 'Made', 'zh-Hant': '產生' },
  },
}

export function AlarmsPage({ alarms, wrong }: AlarmsData) {
  const { say } = usePage()
  const [open, closed] = [alarms.filter(({ closedAt }) => !closedAt), alarms.filter(({ closedAt }) => closedAt)]
  return (
    <Page title={say(words.title)} error={wrong !== null} breadcrumbs={officeCrumbs(say)}>
      <ErrorSummary
        errors={
          wrong === null ? [] : [{ field: `note-${wrong.id}`, text: say(words[wrong.mistake], { max: noteMax }) }]
        }
      />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <Done of={['alarm-acknowledged']} />
      <p class="lead">{say(words.lead)}</p>
      {open.length === 0 && <p class="empty">{say(words.none)}</p>}
      {open.map((each) => (
        <One key={each.id} alarm={each} wrong={each.id === wrong?.id ? wrong : null} />
      ))}
      {closed.length > 0 && <h2>{say(words.closed)}</h2>}
      {closed.map((each) => (
        <One key={each.id} alarm={each} wrong={null} />
      ))}
    </Page>
  )
}

function One({ alarm, wrong }: { alarm: AlarmNote; wrong: AlarmsData['wrong'] }) {
  const { say, href } = usePage()
  const { id, kind, about, path, openedAt, seenAt, acknowledgedAt, note, closedAt } = alarm
  const title = say(kinds[kind].title)
  return (
    <section id={`alarm-${id}`}>
      {closedAt ? <h3>{title}</h3> : <h2>{title}</h2>}
      <p>
        <Mark kind={closedAt ? 'holds' : 'fails'}>{say(closedAt ? words.closed : words.open)}</Mark>
      </p>
      {!closedAt && <p>{say(kinds[kind].remedy, overdueDays)}</p>}
      <SummaryList
        rows={[
          { key: say(words.subject), value: path === null ? say(about) : <a href={href(path)}>{say(about)}</a> },
          { key: say(kinds[kind].found), value: <Found alarm={alarm} /> },
          { key: say(words.opened), value: <Moment at={openedAt} /> },
          closedAt
            ? { key: say(words.closed), value: <Moment at={closedAt} /> }
            : { key: say(words.seen), value: <Moment at={seenAt} /> },
          ...(acknowledgedAt
            ? [
                { key: say(words.known), value: <Moment at={acknowledgedAt} /> },
                { key: say(words.note), value: note },
              ]
            : []),
        ]}
      />
      {!closedAt && (
        <form method="post" action={href(`/office/ledger/alarms/${id}`)}>
          <TextField
            name="note"
            id={`note-${id}`}
            label={say(words.note)}
            value={wrong?.note ?? ''}
            maxLength={noteMax}
            autocomplete="off"
            {...(wrong && { error: say(words[wrong.mistake], { max: noteMax }) })}
          />
          <Button kind="second">
            {say(kind === 'split-view' ? words.close : words.acknowledge)}
            <span class="visually-hidden"> {title}</span>
          </Button>
        </form>
      )}
    </section>
  )
}

/** What was found, in words: a time, why something fails, or which evidence. */
function Found({ alarm: { kind, subject, detail } }: { alarm: AlarmNote }) {
  const { say } = usePage()
  if (kind === 'split-view') return <code>{subject}</code>
  if (kind === 'witness-refuses')
    return (
      <>
        <code>{subject.split(' ')[1]}</code> {say(...tellFailure(detail))}
      </>
    )
  if (kind === 'anchor-fails' || kind === 'anchor-contradicts') return <>{say(failureTexts[detail as FailureCode])}</>
  return <Moment at={detail} />
}
