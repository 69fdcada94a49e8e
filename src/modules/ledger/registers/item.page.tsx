import { Code } from '#identity'
import { Mark, Moment, Page, Phrase, SummaryList, Table, texts, usePage, writeMoment } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { listed } from '../listed.ts'
import { markOf, Value, writeStanding } from './approvals.tsx'
import { words as ofList } from './registers.page.tsx'
import type { HistoryLine, ItemData, Standing } from './types.ts'

export const words = texts({
  title: { en: '{item} {number}', 'zh-Hant': '{item} {number}' },
  register: { en: 'Register', 'zh-Hant': '登記冊' },
  number: { en: 'Number', 'zh-Hant': '編號' },
  holder: { en: 'Held by', 'zh-Hant': '持有人' },
  person: { en: 'a person, whom this page does not name', 'zh-Hant': '個人（本頁不載姓名）' },
  organisation: { en: 'an organisation, which this page does not name', 'zh-Hant': '機構（本頁不載名稱）' },
  nobody: { en: 'nobody', 'zh-Hant': '無人持有' },
  history: { en: 'What happened', 'zh-Hant': '經過' },
  historyLead: {
    en: 'Each line stands in the log, where nobody can change it. Who acted and why is not in it.',
    'zh-Hant': '每項均載於日誌，任何人都不能更改。日誌不載操作者及原因。',
  },
  when: { en: 'When', 'zh-Hant': '時間' },
  what: { en: 'What', 'zh-Hant': '事項' },
  who: { en: 'By whom', 'zh-Hant': '由誰' },
  evidence: { en: 'Evidence', 'zh-Hant': '證明' },
  entry: { en: 'Entry', 'zh-Hant': '條目' },
  proof: { en: 'Proof', 'zh-Hant': '證明' },
  waits: { en: 'on its way into the log', 'zh-Hant': '正登錄於日誌' },
  whole: { en: 'See that nothing was left out', 'zh-Hant': '查核有否遺漏' },
  newest: {
    en: 'Only what the newest {count} entries say is shown.',
    'zh-Hant': '只顯示最新 {count} 個條目所載事項。',
  },
  since: { en: 'Since {at}.', 'zh-Hant': '由 {at} 起。' },
  ends: { en: 'It counts up to and including {day}.', 'zh-Hant': '有效期至 {day}，包括當日。' },
  ended: { en: 'It counted up to and including {day}.', 'zh-Hant': '有效期已於 {day} 屆滿。' },
  wasState: { en: 'Its state in the register: {state}', 'zh-Hant': '登記冊所載狀況：{state}' },
  erased: {
    en: 'What this item held was erased. What happened to it stands, and its proofs hold; nobody can tell any more of whom or what it was.',
    'zh-Hant': '這個登記項的內容已經刪除。經過仍在，證明仍然有效，但再無人能知所指的是誰或甚麼。',
  },
  lost: {
    en: 'What this item holds was lost with a database. Its state is what its log says; what its fields held, who holds it and until when it counts is not known here any more. Ask whoever keeps the register: it is entered anew under another number.',
    'zh-Hant':
      '這個登記項的內容因資料庫損毀而缺失。所示狀況以日誌所載為準；欄位內容、持有人及有效期在此已無從得知。請向備存部門查詢：內容須以新編號重新登記。',
  },
  asOf: { en: 'As the register stood on {at}.', 'zh-Hant': '以 {at} 登記冊所載為準。' },
  scan: { en: 'See how it stands now', 'zh-Hant': '查看最新狀況' },
  scanHint: {
    en: 'Scan this code, or type the address. Paper does not know what happened after it was printed.',
    'zh-Hant': '請掃描此碼或輸入網址。紙本不會顯示列印後的變動。',
  },
  codeLabel: { en: 'QR code that leads to this page', 'zh-Hant': '通往本頁的二維碼' },
  parties: { en: 'For its parties: see all of it, and take a step', 'zh-Hant': '登記各方：查看全部內容及辦理步驟' },
  proposedKind: { en: 'Proposed: {step}', 'zh-Hant': '提出：{step}' },
  approvedKind: { en: 'Approved: {step}', 'zh-Hant': '批准：{step}' },
  refusedKind: { en: 'Refused: {step}', 'zh-Hant': '拒絕：{step}' },
  noFields: { en: 'Only its state is public.', 'zh-Hant': '只公開狀況。' },
})

/** The page to which the code of a certificate leads; printed, it is the certificate. */
export function ItemPage(data: ItemData) {
  const { say, href } = usePage()
  const { register, number, fields, standing, holdable, heldAs, address, code } = data
  const title = say(words.title, { item: capital(say(register.item)), number })
  return (
    <Page
      title={title}
      description={`${say(register.title)}: ${number}`}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(register.title), path: register.path },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      <Verdict standing={standing} />
      <SummaryList
        rows={[
          ...fields.map((field) => ({ key: say(field.title), value: <Value field={field} /> })),
          { key: say(words.register), value: <a href={href(register.path)}>{say(register.title)}</a> },
          { key: say(ofList.keeper), value: say(register.keeper) },
          ...(holdable ? [{ key: say(words.holder), value: heldAs ? say(words[heldAs]) : say(words.nobody) }] : []),
        ]}
      />
      {fields.length === 0 && !standing.erased && !standing.lost && <p class="muted">{say(words.noFields)}</p>}
      {data.leadsOn && (
        <p class="screen-only">
          <a href={href(`${register.path}/items/${number}/steps`)}>{say(words.parties)}</a>
        </p>
      )}
      <History {...data} />
      <section class="scan">
        <h2>{say(words.scan)}</h2>
        <p>{say(words.scanHint)}</p>
        <Code {...code} label={say(words.codeLabel)} />
        <p class="qr__origin">
          <code>{address}</code>
        </p>
      </section>
    </Page>
  )
}

/** What it is worth, in large plain words; shape and word tell it, colour repeats it. */
export function Verdict({ standing }: { standing: Standing }) {
  const page = usePage()
  const { say } = page
  const { kind, title, tone, since, ends, erased, lost, asOf } = standing
  return (
    <section class="verdict verdict--large">
      <h2>
        <Mark kind={markOf(tone)}>
          <Phrase text={writeStanding(page, standing)} />
        </Mark>
      </h2>
      {since && kind === 'state' && <p>{say(words.since, { at: writeMoment(since, page) })}</p>}
      {ends && <p>{say(kind === 'expired' ? words.ended : words.ends, { day: writeMoment(ends, page) })}</p>}
      {kind === 'expired' && title && <p>{say(words.wasState, { state: title })}</p>}
      {(erased || lost) && <p>{say(lost ? words.lost : words.erased)}</p>}
      <p class="muted">{say(words.asOf, { at: writeMoment(asOf, page) })}</p>
    </section>
  )
}

function History({ history, cut, wholePath }: ItemData) {
  const { say, href, language } = usePage()
  if (history.length === 0) return null
  return (
    <section class="history">
      <h2>{say(words.history)}</h2>
      <p>{say(words.historyLead)}</p>
      <Table
        caption={say(words.history)}
        captionHidden
        narrow="stack"
        columns={[words.what, words.when, words.who, words.evidence].map((text) => ({ label: say(text) }))}
        rows={history.map((line) => ({
          cells: [
            lineOf(say, line),
            <Moment key="at" at={line.at} />,
            listed(
              { language },
              line.parties.map((party) => say(party)),
            ),
            <Evidence key="evidence" line={line} />,
          ],
        }))}
      />
      {wholePath && (
        <p class="screen-only">
          <a href={href(wholePath)}>{say(words.whole)}</a>
        </p>
      )}
      {cut !== null && <p class="muted">{say(words.newest, { count: cut })}</p>}
    </section>
  )
}

const lineOf = (say: ReturnType<typeof usePage>['say'], { kind, title }: HistoryLine) =>
  kind === 'done' ? say(title) : say(words[`${kind}Kind`], { step: title })

function Evidence({ line }: { line: HistoryLine }) {
  const { say, href } = usePage()
  if (!line.path) return <span class="muted">{say(words.waits)}</span>
  const of = (
    <span class="visually-hidden">
      {' '}
      {lineOf(say, line)} {line.leaf.slice(0, 8)}
    </span>
  )
  return (
    <span class="evidence">
      <a href={href(line.path)}>
        {say(words.entry)}
        {of}
      </a>
      <a href={`${line.path}/proof`} download>
        {say(words.proof)}
        {of}
      </a>
    </span>
  )
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
