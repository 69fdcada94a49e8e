import { Moment, Page, Phrase, SummaryList, type Text, texts, usePage } from '#platform'
import { isInstant, Kind, words as ofLog, writeStep } from './log.page.tsx'
import type { EntryData, SaidOfRegister } from './types.ts'

const words = texts({
  title: { en: 'Entry {index}', 'zh-Hant': '條目 {index}' },
  said: {
    en: 'The log holds that this was entered, by whom and when. What it is about stands in a commitment, from which nobody can read it.',
    'zh-Hant': '日誌載明曾有這項登錄、由誰登錄及其時間；所涉內容只以承諾值載列，任何人都不能從中讀出。',
  },
  register: { en: 'Register', 'zh-Hant': '登記冊' },
  item: { en: 'Item', 'zh-Hant': '登記項' },
  party: { en: 'As', 'zh-Hant': '身份' },
  rules: { en: 'By the rules of', 'zh-Hant': '依據規則' },
  proposal: { en: 'Answers', 'zh-Hant': '所答覆的提議' },
  ofRegister: {
    en: 'This is an entry of a register. It says what was done to which item and as which party; who it was and what they wrote stand in its commitment, from which nobody can read them.',
    'zh-Hant':
      '這是登記冊的條目，載有對哪個登記項、以何身份作了甚麼；操作者及所填內容只以承諾值載列，任何人都不能從中讀出。',
  },
  rulesSet: {
    en: 'From here on these rules count for what is proposed in the register. Anybody can compute from them, and from the entries after them, how every item stands.',
    'zh-Hant': '由此起，登記冊的新提議以這些規則為準。任何人都可由規則及其後的條目，推算每個登記項的狀況。',
  },
  schema: { en: 'Form of the document', 'zh-Hant': '文件格式' },
  prev: { en: 'Goes on from', 'zh-Hant': '上接條目' },
  prevLink: { en: 'the entry with leaf {leaf}…', 'zh-Hant': '葉雜湊值為 {leaf}… 的條目' },
  commitment: { en: 'Commitment', 'zh-Hant': '承諾值' },
  leaf: { en: 'Leaf hash', 'zh-Hant': '葉雜湊值' },
  octets: { en: 'The entry as it is', 'zh-Hant': '條目原文' },
  bytes: { en: '{bytes} octets', 'zh-Hant': '{bytes} 位元組' },
  hex: { en: 'It is no text. Its first octets in hexadecimal:', 'zh-Hant': '條目並非文字。以十六進制顯示開首部分：' },
  proof: { en: 'Take the proof away', 'zh-Hant': '下載證明' },
  proofLead: {
    en: 'A small file that shows, for ever and without this site, that the entry is in the log.',
    'zh-Hant': '一個小檔案，日後不靠本網站，亦可證明條目在日誌之內。',
  },
  anchoredProof: {
    en: 'Take away a proof that leads to a chain',
    'zh-Hant': '下載可引至區塊鏈的證明',
  },
  raw: { en: 'Take the entry away', 'zh-Hant': '下載條目' },
  check: { en: 'Check a file against it', 'zh-Hant': '以此查核檔案' },
})

/** One entry in words, then as it is, and what to take away. */
export function EntryPage({ log, entry, text, hex, anchoredSize }: EntryData) {
  const { say, href } = usePage()
  const { index, leaf, bytes, said, ofRegister } = entry
  const title = say(words.title, { index })
  const at = `${log.path}/entries/${index}`
  return (
    <Page
      title={`${title}, ${say(log.title)}`}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(log.title), path: log.path },
      ]}
    >
      <h1>
        <Phrase text={title} />
      </h1>
      {said && <p class="lead">{say(words.said)}</p>}
      {ofRegister && <p class="lead">{say(ofRegister.kind === 'rules-set' ? words.rulesSet : words.ofRegister)}</p>}
      <SummaryList
        rows={[
          ...(ofRegister ? rowsOf(ofRegister) : []),
          ...(said
            ? [
                { key: say(ofLog.what), value: <Kind kind={said.kind} isRaw /> },
                {
                  key: say(ofLog.who),
                  value: said.organisationName ? say(said.organisationName) : said.organisation,
                },
                { key: say(ofLog.time), value: isInstant(said.time) ? <Moment at={said.time} /> : said.time },
                ...(said.schema ? [{ key: say(words.schema), value: <code>{said.schema}</code> }] : []),
                ...(said.prev
                  ? [
                      {
                        key: say(words.prev),
                        value: (
                          <a href={`${log.path}/leaves/${said.prev}`}>
                            {say(words.prevLink, { leaf: said.prev.slice(0, 8) })}
                          </a>
                        ),
                      },
                    ]
                  : []),
                { key: say(words.commitment), value: <code>{said.commitment}</code> },
              ]
            : []),
          { key: say(words.leaf), value: <code>{leaf}</code> },
        ]}
      />
      <p>{say(words.proofLead)}</p>
      <p class="buttons">
        <a class="button" href={`${at}/proof`} download>
          {say(words.proof)}
        </a>
      </p>
      {anchoredSize !== null && (
        <p>
          <a href={`${at}/proof?size=${anchoredSize}`} download>
            {say(words.anchoredProof)}
          </a>
        </p>
      )}
      <p>
        <a href={`${at}/octets`} download>
          {say(words.raw)}
        </a>
      </p>
      <p>
        <a href={href('/verify')}>{say(words.check)}</a>
      </p>
      <h2>{say(words.octets)}</h2>
      <p class="muted">{say(words.bytes, { bytes })}</p>
      {text === null && <p>{say(words.hex)}</p>}
      <pre class="octets" dir="ltr">
        {shown(text ?? hex ?? '')}
      </pre>
    </Page>
  )

  function rowsOf({ kind, organisation, time, register, item, step, party, ...more }: SaidOfRegister) {
    const leafRow = (key: Text, leaf: string | null) =>
      leaf === null
        ? []
        : [
            {
              key: say(key),
              value: <a href={`${log.path}/leaves/${leaf}`}>{say(words.prevLink, { leaf: leaf.slice(0, 8) })}</a>,
            },
          ]
    return [
      { key: say(ofLog.what), value: writeStep(say, { kind, step }) },
      ...(item
        ? [{ key: say(words.item), value: item.path ? <a href={href(item.path)}>{item.number}</a> : item.number }]
        : []),
      {
        key: say(words.register),
        value: register.path ? <a href={href(register.path)}>{say(register.title)}</a> : say(register.title),
      },
      { key: say(ofLog.who), value: say(organisation) },
      ...(party ? [{ key: say(words.party), value: say(party) }] : []),
      { key: say(ofLog.time), value: <Moment at={time} /> },
      ...leafRow(words.proposal, more.proposal),
      ...leafRow(words.rules, more.rules),
      ...leafRow(words.prev, more.prev),
      ...(more.commitment ? [{ key: say(words.commitment), value: <code>{more.commitment}</code> }] : []),
    ]
  }
}

/** Control characters, and those that change the direction of text, as their numbers: an entry of others may hold any. */
const shown = (text: string) =>
  text.replace(/[^\P{C}\n]|\p{Bidi_Control}/gu, (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`)
