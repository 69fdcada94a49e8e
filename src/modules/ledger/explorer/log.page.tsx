import {
  Details,
  ErrorSummary,
  Mark,
  type MarkKind,
  Moment,
  Page,
  Phrase,
  SummaryList,
  Table,
  type Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { AnchorSection } from '../anchor/anchor-section.tsx'
import { kindOf } from '../entries/kinds.ts'
import { type KeyKind, kindNames } from '../notes/keys.rules.ts'
import type { EntryNote, LogData, SaidOfRegister } from './types.ts'

export const words = texts({
  logs: { en: 'Logs', 'zh-Hant': '日誌' },
  verify: { en: 'Check a document by its proof', 'zh-Hant': '憑證明查核文件' },
  checkpoint: { en: 'Checkpoint', 'zh-Hant': '檢查點' },
  lead: {
    en: 'By this the log binds itself to every entry there is, in order. Whoever keeps it sees later whether anything was changed.',
    'zh-Hant': '日誌以此就所有條目及其次序作出承擔。保存檢查點的人，日後便可看出有否改動。',
  },
  size: { en: 'Entries', 'zh-Hant': '條目' },
  signed: { en: 'Signed', 'zh-Hant': '簽署時間' },
  origin: { en: 'Origin', 'zh-Hant': '來源' },
  root: { en: 'Root', 'zh-Hant': '根' },
  extension: { en: 'More', 'zh-Hant': '附加行' },
  whole: { en: 'The checkpoint as it is served', 'zh-Hant': '檢查點原文' },
  signatures: { en: 'Who signed it', 'zh-Hant': '簽署者' },
  signer: { en: 'Signer', 'zh-Hant': '簽署者' },
  kind: { en: 'Kind', 'zh-Hant': '種類' },
  when: { en: 'When', 'zh-Hant': '時間' },
  state: { en: 'Checked here', 'zh-Hant': '在此查核' },
  noTime: { en: 'not stated', 'zh-Hant': '沒有註明' },
  entries: { en: 'Entries, the newest first', 'zh-Hant': '條目（新的在前）' },
  none: {
    en: 'Nothing has been entered yet. What a department enters stands here within a second.',
    'zh-Hant': '尚未有條目。部門登錄後一秒內便會在此顯示。',
  },
  number: { en: 'Entry', 'zh-Hant': '條目' },
  what: { en: 'What happened', 'zh-Hant': '事項' },
  who: { en: 'Entered by', 'zh-Hant': '登錄機構' },
  time: { en: 'Time', 'zh-Hant': '時間' },
  other: { en: 'of another form, {bytes} octets', 'zh-Hant': '其他格式，{bytes} 位元組' },
  newest: { en: 'Newest', 'zh-Hant': '最新' },
  older: { en: 'Older', 'zh-Hant': '較早' },
  newer: { en: 'Newer', 'zh-Hant': '較新' },
  pages: { en: 'Pages', 'zh-Hant': '分頁' },
  find: { en: 'Find an entry', 'zh-Hant': '尋找條目' },
  findHint: { en: 'Its number, or the hash of its leaf.', 'zh-Hant': '條目編號，或其葉的雜湊值。' },
  findWrong: {
    en: 'Write the number of an entry, or the 64 digits of a leaf hash.',
    'zh-Hant': '請填寫條目編號，或葉雜湊值的 64 個十六進制數字。',
  },
  go: { en: 'Find', 'zh-Hant': '尋找' },
  'step-proposed': { en: 'Proposed: {step}', 'zh-Hant': '提出：{step}' },
  'step-approved': { en: 'Approved: {step}', 'zh-Hant': '批准：{step}' },
  'step-refused': { en: 'Refused: {step}', 'zh-Hant': '拒絕：{step}' },
  'rules-set': { en: 'Rules set', 'zh-Hant': '訂立規則' },
  as: { en: 'as {party}', 'zh-Hant': '身份：{party}' },
  pause: { en: 'Stop following', 'zh-Hant': '停止即時更新' },
  follow: { en: 'Follow live', 'zh-Hant': '即時更新' },
})

const states: Readonly<Record<'holds' | 'fails' | 'unknown', { mark: MarkKind; text: Text }>> = {
  holds: { mark: 'holds', text: { en: 'Holds', 'zh-Hant': '相符' } },
  fails: { mark: 'fails', text: { en: 'Fails', 'zh-Hant': '不符' } },
  unknown: {
    mark: 'unchecked',
    text: { en: 'The key is not known here', 'zh-Hant': '這裏不認識其密鑰' },
  },
}

/** A log: what it binds itself to, who signed that and when, and its entries. A script keeps the parts marked live fresh. */
export function LogPage(data: LogData) {
  const { log, wrong } = data
  const { say, href } = usePage()
  const title = say(log.title)
  return (
    <Page
      title={title}
      error={wrong !== null}
      breadcrumbs={[{ text: say(words.logs), path: '/ledger' }]}
      scripts={['log-live']}
    >
      <ErrorSummary errors={wrong === null ? [] : [{ field: 'find', text: say(words.findWrong) }]} />
      <h1>
        <Phrase text={title} />
      </h1>
      {log.about && <p class="lead">{say(log.about)}</p>}
      <p>
        <a href={href('/verify')}>{say(words.verify)}</a>
      </p>
      <Checkpoint {...data} />
      {data.anchored && <AnchorSection path={log.path} {...data.anchored} />}
      <Entries {...data} />
      <form class="after-form" action={href(log.path)}>
        <TextField
          name="find"
          label={say(words.find)}
          hint={say(words.findHint)}
          value={wrong ?? ''}
          maxLength={200}
          autocomplete="off"
          {...(wrong !== null && { error: say(words.findWrong) })}
        />
        <button class="button button--second" type="submit">
          {say(words.go)}
        </button>
      </form>
    </Page>
  )
}

function Checkpoint({ log, checkpoint }: LogData) {
  const { say } = usePage()
  const { text, origin, size, root, extensions, signatures } = checkpoint
  return (
    <section>
      <h2>{say(words.checkpoint)}</h2>
      <p>{say(words.lead)}</p>
      <div data-live="checkpoint">
        <SummaryList
          rows={[
            { key: say(words.size), value: <span class="log-size">{size.toLocaleString('en-GB')}</span> },
            ...(log.signedAt ? [{ key: say(words.signed), value: <Moment at={log.signedAt} /> }] : []),
            { key: say(words.origin), value: <code>{origin}</code> },
            { key: say(words.root), value: <code>{root}</code> },
            ...extensions.map((line) => ({ key: say(words.extension), value: <code>{line}</code> })),
          ]}
        />
        <Table
          caption={say(words.signatures)}
          narrow="stack"
          columns={[
            { label: say(words.signer) },
            { label: say(words.kind) },
            { label: say(words.when) },
            { label: say(words.state) },
          ]}
          rows={signatures.map(({ name, id, kind, state, at }) => ({
            cells: [
              <code key="name">{name}</code>,
              kind ? kindNames[kind as KeyKind] : <code>{id}</code>,
              at ? <Moment at={at} /> : say(words.noTime),
              <Mark key="state" kind={states[state].mark}>
                {say(states[state].text)}
              </Mark>,
            ],
          }))}
        />
        <Details summary={say(words.whole)} id="whole">
          <pre class="octets">{text}</pre>
        </Details>
      </div>
    </section>
  )
}

function Entries({ log, entries, checkpoint, from, before }: LogData) {
  const { say, href } = usePage()
  const isNewest = before === checkpoint.size
  return (
    <section>
      <h2 id="entries">{say(words.entries)}</h2>
      {isNewest && (
        <button
          class="button button--link"
          type="button"
          hidden
          data-live-button
          data-follow={say(words.follow)}
          data-address={`${href(log.path)}.json`}
        >
          {say(words.pause)}
        </button>
      )}
      <div data-live={isNewest ? 'entries' : undefined}>
        {entries.length === 0 ? (
          <p class="empty">{say(words.none)}</p>
        ) : (
          <Table
            caption={say(words.entries)}
            captionHidden
            narrow="stack"
            columns={[
              { label: say(words.number) },
              { label: say(words.what) },
              { label: say(words.who) },
              { label: say(words.time) },
            ]}
            rows={entries.map((entry) => rowOf({ say, href }, log.path, entry))}
          />
        )}
        <nav class="pagination" aria-label={say(words.pages)}>
          <ul>
            {!isNewest && (
              <li>
                <a href={href(log.path)}>{say(words.newest)}</a>
              </li>
            )}
            {!isNewest && (
              <li>
                <a href={href(`${log.path}?before=${before + entries.length}`)} rel="prev">
                  {say(words.newer)}
                </a>
              </li>
            )}
            {from > 0 && (
              <li>
                <a href={href(`${log.path}?before=${from}`)} rel="next">
                  {say(words.older)}
                </a>
              </li>
            )}
          </ul>
        </nav>
      </div>
    </section>
  )
}

/** An entry as a row of a table: its number, what, who, when. `path` is that of its log. */
export function rowOf(
  { say, href }: Pick<ReturnType<typeof usePage>, 'say' | 'href'>,
  path: string,
  { index, bytes, said, ofRegister }: EntryNote,
) {
  const link = (
    <a href={href(`${path}/entries/${index}`)} key="link">
      {index}
    </a>
  )
  if (ofRegister)
    return {
      cells: [
        link,
        <OfRegister key="kind" said={ofRegister} />,
        say(ofRegister.organisation),
        <Moment key="time" at={ofRegister.time} />,
      ],
    }
  if (!said) return { cells: [link, say(words.other, { bytes }), '', ''] }
  const { organisation, organisationName, kind, time } = said
  return {
    cells: [
      link,
      <Kind key="kind" kind={kind} />,
      organisationName ? say(organisationName) : organisation,
      isInstant(time) ? <Moment at={time} /> : time,
    ],
  }
}

/** What happened, in words where the kind is one of this platform's; else, and beside them where asked, as it is written. */
export function Kind({ kind, isRaw = false }: { kind: string; isRaw?: boolean }) {
  const { say } = usePage()
  const text = kindOf(kind)
  if (!text) return <code>{kind}</code>
  return (
    <>
      {say(text)} {isRaw && <code>{kind}</code>}
    </>
  )
}

/** What was done to which item of which register, as whom. */
function OfRegister({ said: { kind, register, item, step, party } }: { said: SaidOfRegister }) {
  const { say, href } = usePage()
  return (
    <>
      {writeStep(say, { kind, step })}
      {party && <span class="muted block">{say(words.as, { party })}</span>}
      <span class="muted block">
        {register.path ? <a href={href(register.path)}>{say(register.title)}</a> : say(register.title)}{' '}
        {item && (item.path ? <a href={href(item.path)}>{item.number}</a> : item.number)}
      </span>
    </>
  )
}

export const writeStep = (
  say: ReturnType<typeof usePage>['say'],
  { kind, step }: Pick<SaidOfRegister, 'kind' | 'step'>,
): string => (step ? say(words[kind], { step }) : say(words[kind]))

/** What the log of somebody else holds in this place may be anything. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text))
