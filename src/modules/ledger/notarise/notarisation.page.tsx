import { Button, Moment, Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { nameOf, words as ofForm } from './form.page.tsx'
import type { NotarisationData } from './types.ts'

export const words = texts({
  waiting: {
    en: 'The entry is on its way into the log, which takes about a second. This page looks again by itself.',
    'zh-Hant': '條目正登錄於日誌，約需一秒。本頁會自動重新查看。',
  },
  again: { en: 'Look again', 'zh-Hant': '重新查看' },
  inLog: {
    en: 'It is in the log. Take the certificate away and keep it with the document: without the document it shows nothing, and without the certificate nobody can tell of which document the entry speaks.',
    'zh-Hant':
      '已登錄於日誌。請下載證書，與文件一併保存：沒有文件，證書無從查核；沒有證書，無人能知條目所指的是哪份文件。',
  },
  erased: {
    en: 'Salt and title were erased. The entry stands and its proof is good for ever, but nobody can show any more of which document it speaks, unless they kept a certificate.',
    'zh-Hant':
      '鹽值和名稱已經刪除。條目仍在，其證明永久有效；但除非有人保留了證書，否則再無人能證明條目所指的是哪份文件。',
  },
  certificate: { en: 'Take the certificate away', 'zh-Hant': '下載證書' },
  certificateLead: {
    en: 'One file for people. It opens in any browser, without a network and without this site, and checks the document there.',
    'zh-Hant': '供人閱覽的單一檔案，可用任何瀏覽器開啟，無須網絡或本網站，即可當場查核文件。',
  },
  pdf: { en: 'Take the certificate away as a PDF', 'zh-Hant': '下載 PDF 證書' },
  pdfLead: {
    en: 'One sheet to print, with codes by which it is checked. It carries the other files and takes some seconds to make.',
    'zh-Hant': '一頁可列印的證書，附有查核用的二維碼，內含其他檔案；製作需時數秒。',
  },
  proof: { en: 'Take the proof away', 'zh-Hant': '下載證明' },
  proofLead: {
    en: 'The same for programs (.tlog-proof). Take it again later if you want one against a newer checkpoint, with more witnesses.',
    'zh-Hant': '供程式使用的相同證明（.tlog-proof）。日後如需以較新的檢查點、更多見證者為據，可再下載。',
  },
  proofAlone: {
    en: 'It shows that the entry is in the log. It no longer carries the salt.',
    'zh-Hant': '證明條目在日誌之內，但不再附有鹽值。',
  },
  secret: {
    en: 'Each of these carries the salt. Whoever has one of them and a guess at the document can see whether the guess is right.',
    'zh-Hant': '以上檔案均附有鹽值。持有任何一個檔案的人，如猜到文件內容，便可驗證所猜是否正確。',
  },
  stampTitle: { en: 'Time stamp', 'zh-Hant': '時間戳記' },
  stamped: { en: 'by {authority}', 'zh-Hant': '由{authority}簽發' },
  stampComing: {
    en: 'Not there yet. The authority is asked again every few minutes.',
    'zh-Hant': '尚未備妥。系統每隔數分鐘會再向時間戳記機構索取。',
  },
  stamp: { en: 'Take the time stamp away', 'zh-Hant': '下載時間戳記' },
  stampLead: {
    en: 'For a time that does not rest on the log: an authority stamped the entry (RFC 3161, .tsr). openssl checks that:',
    'zh-Hant': '時間另由時間戳記機構證明（RFC 3161，.tsr），無須依賴日誌。戳記針對條目本身，可用 openssl 查核：',
  },
  stampNeeds: {
    en: 'The command needs {entry} as well, and the certificate of the authority.',
    'zh-Hant': '指令另須{entry}，以及該機構的證書。',
  },
  octets: { en: 'the octets of the entry', 'zh-Hant': '條目的原始位元組' },
  root: { en: 'Certificate of the authority', 'zh-Hant': '時間戳記機構的證書' },
  organisation: { en: 'Entered by', 'zh-Hant': '登錄機構' },
  what: { en: 'What was committed to', 'zh-Hant': '承諾內容' },
  file: { en: 'the document itself', 'zh-Hant': '文件本身' },
  hash: {
    en: 'the SHA-256 of the document, as 64 characters; the document was not shown to this site',
    'zh-Hant': '文件的 SHA-256（64 個字元），本網站沒有收到文件',
  },
  commitment: { en: 'Commitment', 'zh-Hant': '承諾值' },
  leaf: { en: 'Leaf hash', 'zh-Hant': '葉雜湊值' },
  entry: { en: 'Entry {index}', 'zh-Hant': '條目 {index}' },
  place: { en: 'Entry', 'zh-Hant': '條目' },
  erasedAt: { en: 'Erased', 'zh-Hant': '刪除時間' },
  eraseTitle: { en: 'Erase salt and title', 'zh-Hant': '刪除鹽值和名稱' },
})

export function NotarisationPage(data: NotarisationData) {
  const page = usePage()
  const { say, href } = page
  const { notarisation, index } = data
  const name = nameOf(notarisation, page)
  const at = `/office/ledger/notarise/${notarisation.id}`
  return (
    <Page
      title={name}
      breadcrumbs={[
        { text: say(ofLog.logs), path: '/ledger' },
        { text: say(ofForm.title), path: '/office/ledger/notarise' },
      ]}
    >
      <h1>
        <Phrase text={name} />
      </h1>
      {notarisation.erasedAt && <p>{say(words.erased)}</p>}
      {index === null ? (
        <>
          <p role="status">{say(words.waiting)}</p>
          <p>
            <a href={href(at)}>{say(words.again)}</a>
          </p>
        </>
      ) : (
        <>
          <TakeAway at={at} erased={notarisation.erasedAt !== null} />
          {data.timestamp && <TakeTime {...{ at, index }} timestamp={data.timestamp} log={notarisation.log} />}
        </>
      )}
      <Facts {...data} />
      {!notarisation.erasedAt && (
        <p>
          <a href={href(`${at}/erase`)}>{say(words.eraseTitle)}</a>
        </p>
      )}
    </Page>
  )
}

function TakeAway({ at, erased }: { at: string; erased: boolean }) {
  const { say, href } = usePage()
  return (
    <>
      {!erased && (
        <>
          <p class="lead">{say(words.inLog)}</p>
          <p class="buttons">
            <Button href={href(`${at}/certificate`)}>{say(words.certificate)}</Button>
          </p>
          <p>{say(words.certificateLead)}</p>
          <p>
            <a href={href(`${at}/certificate.pdf`)} type="application/pdf">
              {say(words.pdf)}
            </a>
          </p>
          <p>{say(words.pdfLead)}</p>
        </>
      )}
      <p>
        <a href={`${at}/proof`} download>
          {say(words.proof)}
        </a>
      </p>
      <p>{say(erased ? words.proofAlone : words.proofLead)}</p>
      {!erased && <p>{say(words.secret)}</p>}
    </>
  )
}

type Taking = { at: string; index: number } & Pick<NotarisationData['notarisation'], 'log'> & {
    timestamp: NonNullable<NotarisationData['timestamp']>
  }

/** The time by the word of an authority, and how anybody checks it. */
function TakeTime({ at, index, log, timestamp }: Taking) {
  const { say, href } = usePage()
  const [before, after] = say(words.stampNeeds).split('{entry}')
  const name = `${log.name}-${index}`
  return (
    <>
      <p>
        <a href={`${at}/timestamp`} download>
          {say(words.stamp)}
        </a>
      </p>
      <p>{say(words.stampLead)}</p>
      <p>
        <code>
          openssl ts -verify -in {name}.tsr -data {name}.entry <span class="number">-CAfile authority.pem</span>
        </code>
      </p>
      <p>
        {before}
        <a href={href(`${log.path}/entries/${index}/octets`)}>{say(words.octets)}</a>
        {after}
      </p>
      {timestamp.isOwn && (
        <p>
          <a href={`${at}/timestamp/authority`} download>
            {say(words.root)}
          </a>
        </p>
      )}
    </>
  )
}

function Facts({ organisation, notarisation, index, leaf, commitment, timestamp }: NotarisationData) {
  const { say, href } = usePage()
  const { log, committed, notarisedAt, erasedAt, stampedAt } = notarisation
  return (
    <SummaryList
      rows={[
        { key: say(words.organisation), value: say(organisation) },
        { key: say(ofForm.at), value: <Moment at={notarisedAt} /> },
        {
          key: say(words.stampTitle),
          value: timestamp ? (
            <>
              <Moment at={stampedAt!} /> {say(words.stamped, { authority: say(timestamp.authority) })}
            </>
          ) : (
            say(words.stampComing)
          ),
        },
        { key: say(ofForm.logName), value: <a href={href(log.path)}>{say(log.title)}</a> },
        ...(index === null
          ? []
          : [
              {
                key: say(words.place),
                value: <a href={href(`${log.path}/entries/${index}`)}>{say(words.entry, { index })}</a>,
              },
            ]),
        { key: say(words.what), value: say(committed === 'hash' ? words.hash : words.file) },
        { key: say(words.commitment), value: <code>{commitment}</code> },
        { key: say(words.leaf), value: <code>{leaf}</code> },
        ...(erasedAt ? [{ key: say(words.erasedAt), value: <Moment at={erasedAt} /> }] : []),
      ]}
    />
  )
}
