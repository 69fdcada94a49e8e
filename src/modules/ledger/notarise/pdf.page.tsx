import { Code } from '#identity'
import { Page, type PageContext, SummaryList, type Text, texts, usePage, writeMoment } from '#platform'
import { type Told, tell } from '../verify/tell.rules.ts'
import type { Verdict } from '../verify/types.ts'
import { tellingOf, type VerifyData } from '../verify/verify.page.tsx'
import { words as ofCertificate } from './certificate.page.tsx'
import { words as ofOne } from './notarisation.page.tsx'

const words = texts({
  lead: {
    en: '{organisation} entered a commitment to one document in a log. Whoever has the document and this file can show that it has not changed since.',
    'zh-Hant': '{organisation}在日誌登錄了一份文件的承諾值。持有該文件和本檔案的人，可證明文件其後沒有改動。',
  },
  how: { en: 'How to check it', 'zh-Hant': '查核方法' },
  byFile: {
    en: 'This PDF carries files. Save {name}.html from it, open it in a browser and choose the document: it answers without a network.',
    'zh-Hant': '本 PDF 附有檔案。請取出 {name}.html，以瀏覽器開啟並選擇文件，無須網絡即可查核。',
  },
  bySite: {
    en: 'Or open {address} and choose the document there, with {name}.tlog-proof from this PDF or a picture of the larger code.',
    'zh-Hant': '亦可開啟 {address}，選擇文件，並加上本 PDF 內的 {name}.tlog-proof 或較大二維碼的圖片。',
  },
  byTime: {
    en: 'The time stamp (RFC 3161) is {name}.tsr, over {name}.entry. Both are in this PDF, for openssl ts -verify.',
    'zh-Hant':
      '時間戳記（RFC 3161）為 {name}.tsr，針對 {name}.entry。兩者均在本 PDF 內，可用 openssl ts -verify 查核。',
  },
  entry: { en: 'The entry, for the camera of a phone', 'zh-Hant': '條目，供手機鏡頭掃描' },
  proof: {
    en: 'The proof itself: read at the address above, it shows the same without asking the log',
    'zh-Hant': '證明本身：在上述網址讀取，無須查詢日誌亦可查核',
  },
  sheet: {
    en: 'Anybody can print a sheet that looks like this one. What counts is the check, by keys that you have from {address} or from somebody you trust.',
    'zh-Hant': '任何人都可印製外觀相同的紙張。應以查核結果為準，所用密鑰須取自 {address} 或你信任的人。',
  },
  salt: {
    en: 'It carries the salt: whoever has this file, or this sheet, and guesses the document can see that the guess is right. Keep it as you keep the document.',
    'zh-Hant': '本檔案附有鹽值：持有本檔案或紙張的人如猜中文件內容，便可驗證所猜正確。請與文件同樣妥善保存。',
  },
})

export type PdfData = {
  verdict: Verdict
  trusted: VerifyData['trusted']
  organisations: ReadonlyMap<string, Text>
  organisation: Text
  site: string
  committed: 'file' | 'hash'
  commitment: string
  /** Of the files that the PDF carries, without their endings. */
  name: string
  stamp: { at: string; authority: Text } | null
  /** What each code leads to, drawn; the proof where it fits one. */
  codes: { entry: DrawnCode; address: string; proof: DrawnCode | null }
}

type DrawnCode = { size: number; path: string }

/** One sheet of paper for people, in one language: what is proved, how to check it, and the codes by which to. */
export function PdfPage(data: PdfData) {
  const page = usePage()
  const { say } = page
  const { site, name, stamp, codes } = data
  const title = say(ofCertificate.title)
  const address = `${site}/verify`
  return (
    <Page title={title}>
      <div class="sheet">
        <h1>{title}</h1>
        <p class="lead">{say(words.lead, { organisation: data.organisation })}</p>
        <SummaryList rows={rowsOf(data, tell(data.verdict, tellingOf(data, page)), page)} />
        <h2>{say(words.how)}</h2>
        <ol>
          <li>{say(words.byFile, { name })}</li>
          <li>{say(words.bySite, { name, address })}</li>
          {stamp && <li>{say(words.byTime, { name })}</li>}
        </ol>
        <div class="sheet__codes">
          <div>
            <figure class="sheet__entry">
              <Code {...codes.entry} label={codes.address} />
              <figcaption>
                {say(words.entry)}
                <br />
                {codes.address}
              </figcaption>
            </figure>
            <h2>{say(ofCertificate.shows)}</h2>
            <p>{say(ofCertificate.showsWhat)}</p>
            <p>{say(ofCertificate.showsNot)}</p>
            <p>{say(words.sheet, { address: `${site}/ledger` })}</p>
            <p>{say(words.salt)}</p>
          </div>
          {codes.proof && (
            <figure>
              <Code {...codes.proof} label={say(words.proof)} />
              <figcaption>{say(words.proof)}</figcaption>
            </figure>
          )}
        </div>
      </div>
    </Page>
  )
}

function rowsOf({ committed, commitment, organisation, stamp }: PdfData, told: Told, page: PageContext) {
  const { say } = page
  return [
    ...told.rows.map(({ key, value }) => ({ key, value })),
    ...(stamp
      ? [
          {
            key: say(ofOne.stampTitle),
            value: say(ofCertificate.stamped, { moment: writeMoment(stamp.at, page), authority: say(stamp.authority) }),
          },
        ]
      : []),
    {
      key: say(ofOne.what),
      value: say(committed === 'hash' ? ofCertificate.byHash : ofCertificate.byFile, { organisation }),
    },
    { key: say(ofOne.commitment), value: <code>{commitment}</code> },
  ]
}
