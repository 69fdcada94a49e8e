import { Details, Moment, Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { words as ofRegisters } from '../registers/registers.page.tsx'
import { KeyLines } from './key-lines.tsx'
import type { LogNote, LogsData } from './types.ts'

export const words = texts({
  title: { en: 'Logs', 'zh-Hant': '日誌' },
  lead: {
    en: 'What departments enter here, nobody can change or take away unseen, not even whoever runs this site. Anybody can check that, and here is all that it takes.',
    'zh-Hant': '部門在此登錄的條目，任何人都不能暗中更改或刪除，包括本網站的營運者。人人都可查核，所需一切都在這裏。',
  },
  verify: { en: 'Check a document by its proof', 'zh-Hant': '憑證明查核文件' },
  notarise: { en: 'Notarise a document', 'zh-Hant': '文件存證' },
  registers: { en: 'Registers that departments keep on logs', 'zh-Hant': '部門以日誌備存的登記冊' },
  entries: { en: 'Entries', 'zh-Hant': '條目' },
  signed: { en: 'Last checkpoint', 'zh-Hant': '最新檢查點' },
  none: {
    en: 'No log is kept here yet. One that the government’s pack names is made when this site starts.',
    'zh-Hant': '這裏尚未有日誌。政府資料包所列的日誌，會在本網站啟動時建立。',
  },
  self: { en: 'Check a whole log yourself', 'zh-Hant': '自行查核整個日誌' },
  selfLead: {
    en: 'One command reads every entry and computes every hash again. It needs the key of the log, and nothing else of this site is believed. Get the key from the department in another way too, and compare.',
    'zh-Hant':
      '一個指令便會讀取所有條目並重新計算每個雜湊值。它只需日誌的密鑰，不必相信本網站的任何說法。請循其他途徑向部門索取密鑰，並加以核對。',
  },
  witness: { en: 'The witness of this site', 'zh-Hant': '本網站的見證者' },
  witnessLead: {
    en: 'A witness cosigns a log only as long as it keeps its word, so that nobody is shown another history than you. Run one of your own: {guide} in the source of this site says how.',
    'zh-Hant':
      '見證者只在日誌守信時加簽，確保沒有人看到另一段歷史。你亦可自行營運見證者，方法載於本網站原始碼內的 {guide}。',
  },
  keys: { en: 'Keys of {title}', 'zh-Hant': '{title}的密鑰' },
})

/** Every log with what stands in it, and how to check it. */
export function LogsPage({ address, logs, mayNotarise, keeps }: LogsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} description={say(words.lead)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>
        <a href={href('/verify')}>{say(words.verify)}</a>
      </p>
      <p>
        <a href={href('/ledger/registers')}>{say(words.registers)}</a>
      </p>
      {keeps && (
        <p>
          <a href={href('/office/ledger/registers')}>{say(ofRegisters.office)}</a>
        </p>
      )}
      {mayNotarise && (
        <p>
          <a href={href('/office/ledger/notarise')}>{say(words.notarise)}</a>
        </p>
      )}
      {logs.length === 0 && <p class="empty">{say(words.none)}</p>}
      {logs.map((log) => (
        <OneLog key={log.name} log={log} />
      ))}
      {logs.length > 0 && (
        <section>
          <h2>{say(words.self)}</h2>
          <p>{say(words.selfLead)}</p>
          {logs.map((log) => (
            <Details key={log.name} summary={say(words.keys, { title: log.title })} id={`keys-${log.name}`}>
              <KeyLines address={address} log={log} />
            </Details>
          ))}
          <p>{say(words.witnessLead, { guide: 'docs/guides/run-a-witness.md' })}</p>
          <p>
            <a href={href('/ledger/witness')}>{say(words.witness)}</a>
          </p>
        </section>
      )}
    </Page>
  )
}

function OneLog({ log: { path, title, about, size, signedAt } }: { log: LogNote }) {
  const { say, href, language } = usePage()
  return (
    <section>
      <h2>
        <a href={href(path)}>{say(title)}</a>
      </h2>
      {about && <p>{say(about)}</p>}
      <SummaryList
        rows={[
          { key: say(words.entries), value: size.toLocaleString(language === 'en' ? 'en-GB' : 'zh-HK') },
          ...(signedAt ? [{ key: say(words.signed), value: <Moment at={signedAt} /> }] : []),
        ]}
      />
    </section>
  )
}
