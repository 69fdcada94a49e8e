import { type Static, Type } from 'typebox'
import {
  Button,
  Details,
  ErrorSummary,
  FileField,
  Mark,
  Page,
  type PageContext,
  Phrase,
  SummaryList,
  say as sayIn,
  Text,
  TextArea,
  texts,
  usePage,
  writeMoment,
} from '#platform'
import { kindTexts } from '../entries/kinds.ts'
import { words as ofLog } from '../explorer/log.page.tsx'
import { type FaultCode, faultTexts } from '../faults.ts'
import type { Handed } from './browser/page.ts'
import { codeCharactersMax } from './code.rules.ts'
import { type Telling, type Told, tell } from './tell.rules.ts'
import { Verdict } from './types.ts'
import { documentBytesMax, policyCharactersMax } from './uploads.ts'
import { words as answers, type WordKey } from './words.ts'

export const words = texts({
  title: { en: 'Check a proof', 'zh-Hant': '查核證明' },
  lead: {
    en: 'Is this document the one that was entered in a log, and unchanged since? The proof that came with it shows it, to anybody.',
    'zh-Hant': '這份文件是否就是當日登錄的一份，其後有否改動？隨文件附上的證明，人人都可據此查核。',
  },
  local: {
    en: 'This is worked out on your own device. Neither file leaves it.',
    'zh-Hant': '查核在你的裝置上進行，檔案不會傳送出去。',
  },
  sent: {
    en: 'This browser runs no script, so both files are sent here to be checked. Neither is kept.',
    'zh-Hant': '這個瀏覽器不執行程式碼，檔案會傳送到這裏查核，不會保留。',
  },
  document: { en: 'Document', 'zh-Hant': '文件' },
  documentHint: {
    en: 'The file exactly as you received it; at most {limit}.',
    'zh-Hant': '與收到時完全相同的檔案，上限 {limit}。',
  },
  proof: { en: 'Proof', 'zh-Hant': '證明' },
  proofHint: { en: 'The file that ends in .tlog-proof.', 'zh-Hant': '以 .tlog-proof 結尾的檔案。' },
  drop: {
    en: 'You can also drop both files anywhere on this page.',
    'zh-Hant': '亦可把兩個檔案一併拖放到本頁任何位置。',
  },
  check: { en: 'Check', 'zh-Hant': '查核' },
  trust: { en: 'Whose word counts', 'zh-Hant': '以誰的簽署為準' },
  trustLead: {
    en: 'The logs of this site count, with or without witnesses. To rely on others, or to ask for witnesses, write a policy here.',
    'zh-Hant': '本網站的日誌可作準，有沒有見證者均可。如要以其他日誌為準，或要求有見證者，請在此填寫信任政策。',
  },
  policy: { en: 'Policy (C2SP tlog-policy)', 'zh-Hant': '信任政策（C2SP tlog-policy）' },
  policyHint: {
    en: 'Lines with log, witness, group and quorum. Empty: the logs of this site.',
    'zh-Hant': '以 log、witness、group 及 quorum 開首的各行。留空即以本網站的日誌為準。',
  },
  logs: { en: 'The logs of this site and their keys', 'zh-Hant': '本網站的日誌及其密鑰' },
  offline: {
    en: 'Without this site, an entry that you took away is checked by one command:',
    'zh-Hant': '不靠本網站，以一個指令便可查核你下載的條目：',
  },
  instead: { en: 'A code instead of the proof', 'zh-Hant': '以二維碼代替證明' },
  insteadLead: {
    en: 'A printed certificate has two codes. The larger one holds the proof; the smaller one leads to the entry, whose proof is then taken from this site and checked.',
    'zh-Hant': '列印的證書有兩個二維碼：較大的載有證明；較小的指向條目，系統會從本網站取得其證明，再行查核。',
  },
  picture: { en: 'Picture of the code', 'zh-Hant': '二維碼的圖片' },
  pictureHint: {
    en: 'A photograph or a scan. It is read on your own device.',
    'zh-Hant': '照片或掃描檔，在你的裝置上讀取。',
  },
  camera: { en: 'Read the code with the camera', 'zh-Hant': '以鏡頭讀取二維碼' },
  viewfinder: { en: 'What the camera sees', 'zh-Hant': '鏡頭畫面' },
  stop: { en: 'Turn the camera off', 'zh-Hant': '關閉鏡頭' },
  code: { en: 'Address or text of the code', 'zh-Hant': '二維碼的網址或文字' },
  codeHint: {
    en: 'As another program read it, or as it is printed beside the code.',
    'zh-Hant': '以其他程式讀取所得，或印於二維碼旁的內容。',
  },
  codeLong: {
    en: 'This is longer than any code. Copy the text of one code alone.',
    'zh-Hant': '內容超出任何二維碼的長度。請只複製一個二維碼的文字。',
  },
  answer: { en: 'Answer', 'zh-Hant': '結果' },
  missing: { en: 'Choose the document and its proof.', 'zh-Hant': '請選擇文件及其證明。' },
})

export type VerifyData = Static<typeof VerifyData>
export const VerifyData = Type.Object({
  verdict: Type.Union([Verdict, Type.Null()]),
  mistake: Type.Union([Type.Enum(['missing', 'too-large', 'code-too-long']), Type.Null()]),
  /** The policy that was sent; empty for that of this site. */
  typed: Type.String(),
  /** What was typed in the place of a code. */
  code: Type.String(),
  /** Where people reach this site: addresses in codes begin with it. */
  site: Type.String(),
  /** Whom this site trusts: its own logs. */
  trusted: Type.Object({
    policy: Type.String(),
    logs: Type.Array(
      Type.Object({
        name: Type.String(),
        path: Type.String(),
        origin: Type.String(),
        title: Text,
        keys: Type.Array(Type.String()),
      }),
    ),
  }),
})

const mistakeWords = {
  missing: words.missing,
  'too-large': answers['too-large'],
  'code-too-long': words.codeLong,
} satisfies Record<NonNullable<VerifyData['mistake']>, Text>

const limit = `${documentBytesMax / 1_000_000} MB`

type Props = VerifyData & { organisations: ReadonlyMap<string, Text> }

export function VerifyPage(props: Props) {
  const { verdict, mistake } = props
  const page = usePage()
  const { say, href } = page
  const error = mistake && say(mistakeWords[mistake], { limit })
  const field = mistake === 'code-too-long' ? 'code' : 'document'
  return (
    <Page
      title={say(words.title)}
      description={say(words.lead)}
      error={mistake !== null}
      breadcrumbs={[{ text: say(ofLog.logs), path: '/ledger' }]}
    >
      <ErrorSummary errors={error ? [{ field, text: error }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <section id="answer" tabIndex={-1} aria-label={say(words.answer)} aria-live="polite">
        {verdict && <Answer told={tell(verdict, tellingOf(props, page))} />}
      </section>
      <VerifyForm {...props} errors={error ? { [field]: error } : {}} />
      <p>
        <a href={href('/ledger')}>{say(words.logs)}</a>
      </p>
      <p>{say(words.offline)}</p>
      <p>
        <code>
          ./praya ledger verify PROOF FILE <span class="number">--key VKEY</span>
        </code>
      </p>
      <script type="module" src="/verify/page.js" />
    </Page>
  )
}

/** Its shapes and words serve the script too, so that both answer alike. */
function VerifyForm({
  errors,
  typed,
  code,
  ...props
}: Props & { errors: Partial<Record<'document' | 'code', string>> }) {
  const page = usePage()
  const { say, href } = page
  return (
    <form
      method="post"
      class="verify apart"
      action={href('/verify')}
      enctype="multipart/form-data"
      data-verify={JSON.stringify({ ...handedOf(props, page), site: props.site })}
    >
      <MarkTemplates />
      <FileField
        name="document"
        label={say(words.document)}
        hint={say(words.documentHint, { limit })}
        {...(errors.document && { error: errors.document })}
      />
      <FileField name="proof" label={say(words.proof)} hint={say(words.proofHint)} accept=".tlog-proof,text/plain" />
      <Details summary={say(words.instead)} open={code !== ''}>
        <CodeFields code={code} error={errors.code} />
      </Details>
      <div class="verify__where" hidden data-scripted>
        <p>{say(words.local)}</p>
        <p>{say(words.drop)}</p>
      </div>
      <noscript>
        <p class="verify__where">{say(words.sent)}</p>
      </noscript>
      <Details summary={say(words.trust)} open={typed !== ''}>
        <p>{say(words.trustLead)}</p>
        <TextArea
          name="policy"
          label={say(words.policy)}
          hint={say(words.policyHint)}
          value={typed}
          rows={6}
          maxLength={policyCharactersMax}
          autocomplete="off"
        />
      </Details>
      <Button>{say(words.check)}</Button>
    </form>
  )
}

/** A picture and the camera are read by the script alone; the text of a code, by the server too. */
function CodeFields({ code, error }: { code: string; error: string | undefined }) {
  const { say } = usePage()
  return (
    <>
      <p>{say(words.insteadLead)}</p>
      <div hidden data-scripted>
        <FileField name="picture" label={say(words.picture)} hint={say(words.pictureHint)} accept="image/*" />
        <p>
          <button type="button" class="button button--second" data-camera>
            {say(words.camera)}
          </button>
        </p>
        <div class="verify__camera" hidden data-viewfinder>
          <video aria-label={say(words.viewfinder)} muted playsInline />
          <p>
            <button type="button" class="button button--second" data-stop>
              {say(words.stop)}
            </button>
          </p>
        </div>
      </div>
      <TextArea
        name="code"
        label={say(words.code)}
        hint={say(words.codeHint)}
        value={code}
        rows={3}
        maxLength={codeCharactersMax}
        autocomplete="off"
        {...(error && { error })}
      />
    </>
  )
}

/** The shapes by which the script of a form says how a check came out. */
export const MarkTemplates = () => (
  <>
    {(['holds', 'fails', 'unchecked'] as const).map((mark) => (
      <template key={mark} data-mark={mark}>
        <Mark kind={mark}>
          <span data-place />
        </Mark>
      </template>
    ))}
  </>
)

function Answer({ told: { mark, title, lines, rows } }: { told: Told }) {
  return (
    <section class="verdict">
      <h2>
        <Mark kind={mark}>{title}</Mark>
      </h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {rows.length > 0 && (
        <SummaryList
          rows={rows.map(({ key, value, path }) => ({ key, value: path ? <a href={path}>{value}</a> : value }))}
        />
      )}
    </section>
  )
}

type Known = Pick<Props, 'trusted' | 'organisations'>

/** What is needed to tell of a check on this page. */
export function tellingOf(known: Known, page: PageContext): Telling {
  return {
    ...namesOf(known, page),
    say: (key, values) => page.say(answers[key], values),
    sayFault: (code, values) => page.say(faultTexts[code as FaultCode], values),
    writeMoment: (at) => writeMoment(at, page),
  }
}

type Speaking = Pick<PageContext, 'language' | 'government' | 'say' | 'href'>

const namesOf = ({ trusted, organisations }: Known, { say, href }: Speaking) => ({
  organisations: Object.fromEntries([...organisations].map(([id, name]) => [id, say(name)])),
  kinds: Object.fromEntries(Object.entries(kindTexts).map(([kind, text]) => [kind, say(text)])),
  logs: Object.fromEntries(
    trusted.logs.map(({ origin, title, path }) => [origin, { title: say(title), path: href(path) }]),
  ),
})

/** Faults of what a person may give here; those of logs and servers cannot come up. */
const givenHere = /^(proof|note|checkpoint|cosignature|policy|vkey|key)-/

/** What the script needs to answer in one language. */
export function handedOf(known: Known, page: Speaking): Handed {
  const { language, government } = page
  const inLanguage = (table: Readonly<Record<string, Text>>) =>
    Object.fromEntries(Object.entries(table).map(([key, text]) => [key, sayIn(text, language)]))
  const faults = Object.entries(faultTexts).filter(([code]) => givenHere.test(code))
  return {
    ...{ language, timeZone: government.timeZone, bytesMax: documentBytesMax, policy: known.trusted.policy },
    words: inLanguage(answers satisfies Record<WordKey, Text>),
    faults: inLanguage(Object.fromEntries(faults)),
    ...namesOf(known, page),
  }
}
