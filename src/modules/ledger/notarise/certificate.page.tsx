import { FileField, type Language, type PageContext, type Text, texts, writeMoment } from '#platform'
import type { HandedStamp } from '../verify/browser/certificate.ts'
import type { Handed } from '../verify/browser/page.ts'
import { handedOf, MarkTemplates, words as ofVerify, type VerifyData } from '../verify/verify.page.tsx'
import { words as ofAnswer } from '../verify/words.ts'
import { words as ofOne } from './notarisation.page.tsx'

export const words = texts({
  title: { en: 'Certificate of a notarised document', 'zh-Hant': '文件存證證書' },
  name: { en: 'English', 'zh-Hant': '繁體', 'zh-Hans': '简体' },
  lead: {
    en: '{organisation} entered a commitment to one document in a log. Choose the document below to see whether yours is the one, unchanged since.',
    'zh-Hant': '{organisation}在日誌登錄了一份文件的承諾值。請在下面選擇你的文件，查明是否同一份、其後有否改動。',
  },
  check: { en: 'Check the document', 'zh-Hant': '查核文件' },
  choose: { en: 'Document', 'zh-Hant': '文件' },
  chooseHint: {
    en: 'The file exactly as it was; or drop it anywhere on this page. It is checked here and goes nowhere.',
    'zh-Hant': '與當日完全相同的檔案，亦可拖放到本頁任何位置。查核在此進行，檔案不會傳送出去。',
  },
  noScript: {
    en: 'This file checks by JavaScript, which is off here. The proof and the keys stand at its end for any program that reads them.',
    'zh-Hant': '本檔案以 JavaScript 查核，現時未有啟用。證明和密鑰載於檔案末端，可供其他程式查核。',
  },
  shows: { en: 'What this shows', 'zh-Hant': '證明甚麼' },
  showsWhat: {
    en: 'That the document is, octet for octet, the one of which the entry speaks; that the entry is in the log, signed by the log and by the witnesses that are named; and so that the document was there at that time.',
    'zh-Hant': '證明這份文件與條目所指的完全相同；條目在日誌之內，經日誌及所列見證者簽署；因此文件在當時已經存在。',
  },
  showsNot: {
    en: 'It does not show that what the document says is true, who wrote it, or that it still counts. No notary public looked at it.',
    'zh-Hant': '並不證明文件內容屬實、由誰撰寫或仍然有效。文件沒有經公證人審閱。',
  },
  forged: {
    en: 'Anybody can make a file that looks like this one and calls everything proved. If you do not trust where you got it, compare the keys at its end with those that the log makes known at {address}, or check the proof with a program of your own.',
    'zh-Hant':
      '任何人都可製作外觀相同、聲稱一切已獲證明的檔案。如不信任檔案來源，請把檔案末端的密鑰與日誌在 {address} 公布的核對，或以自己的程式查核證明。',
  },
  keep: {
    en: 'Keep this file with the document. It needs no network and no server. It carries the salt: whoever has it and guesses the document can see that the guess is right.',
    'zh-Hant': '請把本檔案與文件一併保存。查核無須網絡或伺服器。檔案附有鹽值：持有者如猜中文件內容，便可驗證所猜正確。',
  },
  byHash: {
    en: '{organisation} gave the SHA-256 of the document and not the document. The log’s site never had it.',
    'zh-Hant': '{organisation}提交的是文件的 SHA-256，並非文件本身；日誌所屬網站從未收到文件。',
  },
  stamped: { en: '{moment}, by {authority}', 'zh-Hant': '{moment}，由{authority}簽發' },
  unstamped: {
    en: 'Not there yet when this file was made. The certificate can be taken again.',
    'zh-Hant': '製作本檔案時尚未備妥，可稍後再下載證書。',
  },
  holds: {
    en: 'Checked here: this entry was there by {moment}. {authority} says so, by the certificate that this file carries.',
    'zh-Hant': '已在此查核：條目在 {moment} 或以前已經存在，由{authority}證明，所憑證書載於本檔案。',
  },
  unknown: {
    en: 'Checked here: the time stamp holds, of {moment} by {authority}. Whether that authority is to be believed, ask whoever runs it.',
    'zh-Hant': '已在此查核：時間戳記有效，由 {authority} 於 {moment} 簽發。該機構是否可信，請向其營運者查詢。',
  },
  fails: {
    en: 'The time stamp in this file is not one over its entry, or was changed. Ask for the file again.',
    'zh-Hant': '檔案內的時間戳記不屬於所載條目，或曾被改動。請再索取一份。',
  },
  unreadable: {
    en: 'The time stamp is signed in a way that is not checked here. Check it with openssl, as below.',
    'zh-Hant': '時間戳記的簽署方式不能在此查核。請按下文以 openssl 查核。',
  },
  stampLead: {
    en: 'To check it without this file’s script, save these and use openssl. Have the authority’s certificate from the authority itself.',
    'zh-Hant': '如不使用本檔案的程式碼，可取出以下檔案以 openssl 查核；機構證書宜直接向該機構索取。',
  },
  text: {
    en: 'The proof and the keys as text (C2SP tlog-proof, tlog-policy)',
    'zh-Hant': '證明及密鑰原文（C2SP tlog-proof、tlog-policy）',
  },
  byFile: {
    en: '{organisation} gave the document itself, of which the log’s site kept nothing.',
    'zh-Hant': '{organisation}提交了文件本身，日誌所屬網站沒有保存。',
  },
})

/** What the answers say of a proof that a person added to a page is another thing where the page carries it. */
const ownAnswers = texts({
  'log-unknown': {
    en: 'Not proved: the proof in this file is not of the log whose keys stand in it. The file was changed; ask for it again.',
    'zh-Hant': '未能證明：檔案內的證明不屬於所載密鑰的日誌。檔案曾被改動，請再索取一份。',
  },
  'not-included': {
    en: 'Not proved: the proof in this file does not lead to its entry. The file was changed; ask for it again.',
    'zh-Hant': '未能證明：檔案內的證明與條目不符。檔案曾被改動，請再索取一份。',
  },
  'not-a-proof': {
    en: 'The proof in this file was changed and is none any more. Ask for the file again.',
    'zh-Hant': '檔案內的證明曾被改動，已非證明。請再索取一份。',
  },
})

export type Certificate = {
  trusted: VerifyData['trusted']
  organisation: { id: string; name: Text }
  site: string
  index: number
  committed: 'file' | 'hash'
  time: string
  proof: string
  /** What is needed to check its time, in base64; null where nobody has stamped it yet. */
  stamp: {
    at: string
    authority: Text
    name: string
    token: string
    reply: string
    entry: string
    root: string | null
  } | null
  /** In which it opens. */
  language: Language
  speaking: readonly Pick<PageContext, 'language' | 'government' | 'say' | 'href'>[]
  script: string
  /** Content-Security-Policy. */
  policy: string
}

type Speaking = Certificate['speaking'][number]

/** A whole document of its own: nothing of the site’s own sheets, scripts or fonts, which one day are not there. */
export function CertificatePage(data: Certificate) {
  const { language, speaking, policy, script, proof, trusted } = data
  const opening = speaking.find((each) => each.language === language)!
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{opening.say(words.title)}</title>
        <style>{styles}</style>
      </head>
      <body>
        <main>
          {speaking.map((each) => (
            <LanguageChoice key={each.language} speaking={each} checked={each.language === language} />
          ))}
          {speaking.map((each) => (
            <InLanguage key={each.language} speaking={each} data={data} />
          ))}
          <details>
            <summary>
              {speaking.map(({ language: each, say }) => (
                <span key={each} lang={each} class="in-language">
                  {say(words.text)}
                </span>
              ))}
            </summary>
            <pre id="proof">{proof}</pre>
            <pre>{trusted.policy}</pre>
          </details>
        </main>
        <script type="module">{script}</script>
      </body>
    </html>
  )
}

function LanguageChoice({ speaking: { language, say }, checked }: { speaking: Speaking; checked: boolean }) {
  return (
    <>
      <input type="radio" name="language" id={`in-${language}`} checked={checked} />
      <label for={`in-${language}`} lang={language}>
        {say(words.name)}
      </label>
    </>
  )
}

function InLanguage({ speaking, data }: { speaking: Speaking; data: Certificate }) {
  const { language, say, href } = speaking
  const { organisation, trusted, index, committed, time, site, stamp } = data
  const [log] = trusted.logs
  const name = { organisation: organisation.name }
  return (
    <section lang={language} id={`says-${language}`}>
      <h1>{say(words.title)}</h1>
      <p class="lead">{say(words.lead, name)}</p>
      <dl class="summary-list">
        <Row name={say(ofAnswer.who)}>{say(organisation.name)}</Row>
        <Row name={say(ofAnswer.log)}>{say(ofAnswer.named, { title: log!.title, origin: log!.origin })}</Row>
        <Row name={say(ofAnswer.place)}>
          <a href={`${href(log!.path)}/entries/${index}`}>{index}</a>
        </Row>
        <Row name={say(ofAnswer.when)}>{writeMoment(time, speaking)}</Row>
        <Row name={say(ofOne.stampTitle)}>
          {stamp
            ? say(words.stamped, { moment: writeMoment(stamp.at, speaking), authority: say(stamp.authority) })
            : say(words.unstamped)}
        </Row>
        <Row name={say(ofOne.what)}>{say(committed === 'hash' ? words.byHash : words.byFile, name)}</Row>
      </dl>
      <h2>{say(words.check)}</h2>
      <noscript>
        <p>{say(words.noScript)}</p>
      </noscript>
      <form data-verify={JSON.stringify(handed(data, speaking))}>
        <MarkTemplates />
        <FileField name="document" id={`document-${language}`} label={say(words.choose)} hint={say(words.chooseHint)} />
        <button type="submit">{say(ofVerify.check)}</button>
      </form>
      <div class="answer" id={`answer-${language}`} tabIndex={-1} aria-live="polite" />
      {stamp && <StampFiles stamp={stamp} speaking={speaking} />}
      <h2>{say(words.shows)}</h2>
      <p>{say(words.showsWhat)}</p>
      <p>{say(words.showsNot)}</p>
      <p>{say(words.keep)}</p>
      <p>{say(words.forged, { address: `${site}/ledger` })}</p>
    </section>
  )
}

type StampProps = { stamp: NonNullable<Certificate['stamp']>; speaking: Speaking }

/** The time stamp with what it takes to check it, to save from this file. */
function StampFiles({ stamp, speaking }: StampProps) {
  const { name, reply, entry, root } = stamp
  const { say } = speaking
  const files = [
    { name: `${name}.tsr`, type: 'application/timestamp-reply', base64: reply },
    { name: `${name}.entry`, type: 'application/octet-stream', base64: entry },
    ...(root ? [{ name: 'authority.pem', type: 'application/x-pem-file', base64: root }] : []),
  ]
  return (
    <>
      <h2>{say(ofOne.stampTitle)}</h2>
      <p data-stamp={JSON.stringify(handedStamp(stamp, speaking))} />
      <p>{say(words.stampLead)}</p>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            <a href={`data:${file.type};base64,${file.base64}`} download={file.name}>
              {file.name}
            </a>
          </li>
        ))}
      </ul>
      <pre>
        openssl ts -verify -in {name}.tsr -data {name}.entry -CAfile authority.pem
      </pre>
    </>
  )
}

function handedStamp(
  { token, entry, root, authority }: StampProps['stamp'],
  { language, government, say }: Speaking,
): HandedStamp {
  const { holds, unknown, fails, unreadable } = words
  const said = Object.entries({ holds, unknown, fails, unreadable, day: ofAnswer.day, time: ofAnswer.time })
  return {
    ...{ language, timeZone: government.timeZone, token, entry, root, authority: say(authority) },
    words: Object.fromEntries(said.map(([key, text]) => [key, say(text)])) as HandedStamp['words'],
  }
}

const Row = ({ name, children }: { name: string; children: string | number | ReturnType<typeof FileField> }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function handed({ trusted, organisation }: Certificate, speaking: Speaking): Handed {
  const said = handedOf({ trusted, organisations: new Map([[organisation.id, organisation.name]]) }, speaking)
  const own = Object.entries(ownAnswers).map(([key, text]) => [key, speaking.say(text)])
  return {
    ...said,
    words: { ...said.words, ...Object.fromEntries(own) },
    proofFrom: 'proof',
    answerIn: `answer-${speaking.language}`,
  }
}

/** Holds none of the characters that HTML escapes, as the file’s policy names the hash of exactly this. */
export const styles = `
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#14212b;--muted:#4a5a66;--line:#d5d9d6;--control:#7b8791;--harbour:#0b4f6c;--jade:#00705a;--ferry:#b3261e;--on-jade:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#0e1a22;--ink:#eef2f1;--muted:#a9b8c0;--line:#2c3d48;--control:#7f919c;--harbour:#7cc4e4;--jade:#5fd3b3;--ferry:#ff9a8d;--on-jade:#14212b}}
*{box-sizing:border-box}
body{background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif;margin:0;padding:16px}
main{margin:0 auto;max-width:44rem}
main section[id]{display:none;margin-top:16px}
.in-language{display:none}
main #in-en:checked~details .in-language:lang(en),main #in-zh-Hant:checked~details .in-language:lang(zh-Hant),main #in-zh-Hans:checked~details .in-language:lang(zh-Hans){display:inline}
main #in-en:checked~#says-en,main #in-zh-Hant:checked~#says-zh-Hant,main #in-zh-Hans:checked~#says-zh-Hans{display:block}
label{display:inline-block;padding:8px 16px 8px 4px}
h1{font-size:1.75rem;line-height:1.25}
h2{font-size:1.25rem;line-height:1.3;margin-top:32px}
a{color:var(--harbour)}
p,dd,h1,h2,a{overflow-wrap:anywhere}
.summary-list div{border-top:1px solid var(--line);padding:8px 0}
dt,.field__hint{color:var(--muted)}
dd{margin:0}
.field label{font-weight:600;padding:0}
.field__hint{margin:0 0 8px}
input[type=file]{border:1px solid var(--control);font:inherit;max-width:100%;padding:8px;width:100%}
button{background:var(--jade);border:0;border-radius:2px;color:var(--on-jade);font:inherit;font-weight:600;margin-top:16px;min-height:44px;padding:8px 20px}
.verdict{border-left:4px solid var(--line);margin:24px 0;padding-left:16px}
.verdict:has(.mark--holds){border-left-color:var(--jade)}
.verdict:has(.mark--fails){border-left-color:var(--ferry)}
.mark{align-items:baseline;display:inline-flex;gap:8px}
.mark svg{flex:none;height:.8em;width:.8em}
.mark--holds svg{color:var(--jade)}
.mark--fails svg{color:var(--ferry)}
details{border-top:1px solid var(--line);margin-top:32px;padding-top:16px}
pre{font-size:.8125rem;overflow-wrap:anywhere;white-space:pre-wrap}
:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}
.answer:focus{outline:none}
@media print{form,input[type=radio],label{display:none}}
`
