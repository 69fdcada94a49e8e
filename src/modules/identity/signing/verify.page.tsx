import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  FileField,
  Mark,
  type MarkKind,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  type Text,
  texts,
  usePage,
} from '#platform'
import type { VerifyMistake } from './verify.ts'

const words = texts({
  title: { en: 'Check a signature', 'zh-Hant': '核對簽署' },
  lead: {
    en: 'Send a signed PDF, or a signature file with its document. Neither is kept.',
    'zh-Hant': '上載已簽署的 PDF，或簽署檔連同原文件。檔案不會保留。',
  },
  signature: { en: 'Signed PDF, or signature file', 'zh-Hant': '已簽署的 PDF，或簽署檔' },
  signatureHint: {
    en: 'Files that end in .pdf, at most 20 MB; or in .p7s or .dual.json, at most 500 kB.',
    'zh-Hant': '.pdf 檔案，上限 20 MB；或 .p7s 或 .dual.json 檔案，上限 500 kB。',
  },
  document: { en: 'Document', 'zh-Hant': '原文件' },
  documentHint: { en: 'Only with a signature file.', 'zh-Hant': '只在上載簽署檔時需要。' },
  check: { en: 'Check', 'zh-Hant': '核對' },
  found: { en: 'Signature {n}', 'zh-Hant': '第 {n} 項簽署' },
  outcome: { en: 'Outcome', 'zh-Hant': '結果' },
  who: { en: 'Signed by', 'zh-Hant': '簽署人' },
  when: { en: 'Time', 'zh-Hant': '時間' },
  how: { en: ', {how}', 'zh-Hant': '，{how}' },
  serial: { en: 'Certificate number', 'zh-Hant': '證書編號' },
  since: { en: 'Since then', 'zh-Hant': '其後' },
  earlierUnknown: {
    en: 'An earlier version of this document was signed, and more was added since, so do not rely on what you see now. Nobody known here vouches for the signer either: the name is only what the certificate says.',
    'zh-Hant':
      '簽署的是文件較早的版本，其後曾加入其他內容，請勿信賴現時所見的內容。簽署人的身份亦非由本系統所知的機關證明；所示姓名只是證書所載。',
  },
  unreadTitle: { en: 'Not all signatures were read', 'zh-Hant': '未有讀取所有簽署' },
  unread: {
    en: 'This PDF has more signatures than the 50 that are read here, and of {n} nothing is said. Check it with a program on your own computer.',
    'zh-Hant': '這份 PDF 的簽署多於在此可讀取的 50 項，其餘 {n} 項未有核對。請在自己的電腦以程式核對。',
  },
  second: { en: 'Second signature (ML-DSA-44)', 'zh-Hant': '第二項簽署（ML-DSA-44）' },
  authority: { en: 'Whom this installation trusts', 'zh-Hant': '本系統信任的核證機關' },
})

const outcomes: Readonly<Record<Finding['outcome'], Text>> = texts({
  valid: {
    en: 'The signature is good: this document is what was signed, and the signing authority here vouches for the signer.',
    'zh-Hant': '簽署有效：文件與簽署時相同，簽署人的身份由本系統的核證機關證明。',
  },
  earlier: {
    en: 'An earlier version of this document was signed, and more was added since. Do not rely on what you see now: ask the signer for the version that they signed.',
    'zh-Hant': '簽署的是文件較早的版本，其後曾加入其他內容。請勿信賴現時所見的內容，並向簽署人索取已簽署的版本。',
  },
  changed: {
    en: 'The document is not what was signed. It was changed after, or belongs to another signature.',
    'zh-Hant': '文件與簽署時不同：文件其後曾被改動，或不屬於這項簽署。',
  },
  broken: {
    en: 'The signature is damaged or forged: it does not fit the certificate or the time stamp that it carries.',
    'zh-Hant': '簽署已損壞或屬偽造：與所附的證書或時間戳記不符。',
  },
  'unknown-signer': {
    en: 'The document is what was signed, but nobody known here vouches for the signer. The name is only what the certificate says.',
    'zh-Hant': '文件與簽署時相同，但簽署人的身份並非由本系統所知的機關證明；所示姓名只是證書所載。',
  },
  revoked: {
    en: 'The certificate had been revoked before this was signed. Do not rely on it.',
    'zh-Hant': '證書在簽署前已被撤銷，不應信賴這項簽署。',
  },
  expired: {
    en: 'The certificate did not count at the time of signing. Do not rely on it.',
    'zh-Hant': '證書在簽署時並非有效，不應信賴這項簽署。',
  },
  'cannot-check': {
    en: 'This cannot be checked here. That does not mean that it is wrong.',
    'zh-Hant': '在此無法核對，但不表示簽署有誤。',
  },
})

const marks: Readonly<Record<Finding['outcome'], MarkKind>> = {
  valid: 'holds',
  earlier: 'derived',
  changed: 'fails',
  broken: 'fails',
  'unknown-signer': 'unchecked',
  revoked: 'fails',
  expired: 'fails',
  'cannot-check': 'unchecked',
}

const reasons: Readonly<Record<NonNullable<Finding['reason']>, Text>> = texts({
  unreadable: {
    en: 'The signature is of a kind that is not known here, or is not whole. Use the program with which it was made.',
    'zh-Hant': '這種簽署在此未能辨認，或檔案不完整。請使用簽署時所用的程式。',
  },
  certificate: {
    en: 'The signing authority does not find the certificate in its list. Ask those who run this installation.',
    'zh-Hant': '核證機關的清單沒有這張證書。請向系統管理人員查詢。',
  },
  time: {
    en: 'The certificate does not count any more, and nobody known here vouches that it was used while it did.',
    'zh-Hant': '證書現已無效，而沒有本系統所知的機關能證明簽署時證書仍然有效。',
  },
  large: {
    en: 'The signatures in this PDF are together larger than what is read here, and this one was not. Check it with a program on your own computer.',
    'zh-Hant': '這份 PDF 的簽署合計過大，這項簽署未有讀取。請在自己的電腦以程式核對。',
  },
  odd: {
    en: 'The signature leaves out parts of the file, which could say anything. Ask for a file that is signed whole.',
    'zh-Hant': '簽署沒有涵蓋檔案的所有部分，未涵蓋的部分內容不能確定。請索取完整簽署的檔案。',
  },
})

const times: Readonly<Record<Finding['time'], Text>> = texts({
  proven: { en: 'proven by a time stamp', 'zh-Hant': '由時間戳記證明' },
  unknown: { en: 'by a time stamp of somebody who is not known here', 'zh-Hant': '時間戳記由本系統不認識的機構發出' },
  stated: { en: 'as the signer states, which nobody vouches for', 'zh-Hant': '由簽署人自報，沒有證明' },
  none: { en: 'not stated', 'zh-Hant': '沒有註明' },
  broken: { en: 'the time stamp does not belong to this signature', 'zh-Hant': '時間戳記不屬於這項簽署' },
})

const laters: Readonly<Record<Finding['later'], Text>> = texts({
  nothing: { en: 'Nothing was added.', 'zh-Hant': '沒有加入任何內容。' },
  signatures: { en: 'Only further signatures were added.', 'zh-Hant': '只加入了其他簽署。' },
  content: {
    en: 'More was added to the document after this signature, which it does not cover. What you see may differ from what was signed.',
    'zh-Hant': '簽署後文件曾加入其他內容，不在簽署範圍之內。你看到的可能與簽署時不同。',
  },
})

const seconds: Readonly<Record<NonNullable<Finding['dual']>, Text>> = texts({
  holds: { en: 'It holds too.', 'zh-Hant': '同樣有效。' },
  changed: { en: 'It is for another document.', 'zh-Hant': '不屬於這份文件。' },
  broken: { en: 'It is damaged or forged.', 'zh-Hant': '已損壞或屬偽造。' },
  unreadable: { en: 'It cannot be checked here.', 'zh-Hant': '在此無法核對。' },
})

const mistakes: Readonly<Record<VerifyMistake, Text>> = texts({
  missing: { en: 'Choose the signed PDF, or the signature file.', 'zh-Hant': '請選擇已簽署的 PDF 或簽署檔。' },
  'too-large': {
    en: 'A file is larger than 20 MB. Check it with a program on your own computer.',
    'zh-Hant': '檔案超過 20 MB。請在自己的電腦以程式核對。',
  },
  'signature-too-large': {
    en: 'This file is no PDF, and larger than the 500 kB that a signature file may have. Choose the signature; if it is one, check it with a program on your own computer.',
    'zh-Hant': '這個檔案不是 PDF，並超過簽署檔的 500 kB 上限。請選擇簽署檔；如這就是簽署檔，請在自己的電腦以程式核對。',
  },
  'document-missing': {
    en: 'This is a signature without its document. Choose the document too.',
    'zh-Hant': '這是不含原文件的簽署檔。請同時選擇原文件。',
  },
  'no-signature': {
    en: 'This PDF carries no signature. Choose the one that was signed.',
    'zh-Hant': '這份 PDF 沒有簽署。請選擇已簽署的版本。',
  },
  'only-time-stamps': {
    en: 'This PDF carries a time stamp and no signature of anybody, so there is nothing to check here. Choose the one that was signed.',
    'zh-Hant': '這份 PDF 只有時間戳記，沒有任何人的簽署，因此沒有可核對的內容。請選擇已簽署的版本。',
  },
  unreadable: {
    en: 'This PDF cannot be read here, so nothing can be said of it. Open it in another program.',
    'zh-Hant': '在此未能讀取這份 PDF，因此無法核對。請用其他程式開啟。',
  },
})
const fieldOf = (mistake: VerifyMistake) => (mistake === 'document-missing' ? 'document' : 'signature')

export type Finding = Static<typeof Finding>
const Finding = Type.Object({
  outcome: Type.Enum(['valid', 'earlier', 'changed', 'broken', 'unknown-signer', 'revoked', 'expired', 'cannot-check']),
  reason: Type.Union([Type.Enum(['unreadable', 'certificate', 'time', 'odd', 'large']), Type.Null()]),
  signer: Type.Union([Type.String(), Type.Null()]),
  serial: Type.Union([Type.String(), Type.Null()]),
  at: Type.Union([Type.String(), Type.Null()]),
  time: Type.Enum(['proven', 'unknown', 'stated', 'none', 'broken']),
  later: Type.Enum(['nothing', 'signatures', 'content']),
  dual: Type.Union([Type.Enum(['holds', 'changed', 'broken', 'unreadable']), Type.Null()]),
})

export type VerifyData = Static<typeof VerifyData>
export const VerifyData = Type.Object({
  findings: Type.Array(Finding),
  /** How many signatures of a PDF were not read, as it has too many. */
  unread: Type.Integer(),
  mistake: Type.Union([
    Type.Enum([
      'missing',
      'too-large',
      'signature-too-large',
      'document-missing',
      'no-signature',
      'only-time-stamps',
      'unreadable',
    ]),
    Type.Null(),
  ]),
})

export function VerifyPage({ findings, unread, mistake }: VerifyData) {
  const { say, href } = usePage()
  const error = (field: string) => (mistake && fieldOf(mistake) === field ? { error: say(mistakes[mistake]) } : {})
  return (
    <Page title={say(words.title)} error={mistake !== null}>
      <ErrorSummary errors={mistake ? [{ field: fieldOf(mistake), text: say(mistakes[mistake]) }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {unread > 0 && (
        <NotificationBanner title={say(words.unreadTitle)} tone="warn" id="unread">
          <p>{say(words.unread, { n: unread })}</p>
        </NotificationBanner>
      )}
      {findings.map((finding, at) => (
        <OneFinding key={at} finding={finding} number={at + 1} />
      ))}
      <p class="lead">{say(words.lead)}</p>
      <form method="post" class="apart" action={href('/sign/verify')} enctype="multipart/form-data">
        <FileField
          name="signature"
          label={say(words.signature)}
          hint={say(words.signatureHint)}
          accept=".pdf,.p7s,.p7m,.json,.pem"
          {...error('signature')}
        />
        <FileField name="document" label={say(words.document)} hint={say(words.documentHint)} {...error('document')} />
        <Button>{say(words.check)}</Button>
      </form>
      <p>
        <a href={href('/signing/ca')}>{say(words.authority)}</a>
      </p>
    </Page>
  )
}

function OneFinding({ finding, number }: { finding: Finding; number: number }) {
  const { say } = usePage()
  const { outcome, reason, signer, serial, at, time, later, dual } = finding
  const said = outcome === 'unknown-signer' && later === 'content' ? words.earlierUnknown : outcomes[outcome]
  const row = (key: Text, value: string | null) => (value === null ? [] : [{ key: say(key), value }])
  return (
    <section>
      <h2>{say(words.found, { n: number })}</h2>
      <p>
        <Mark kind={marks[outcome]}>{say(said)}</Mark>
      </p>
      {reason && <p>{say(reasons[reason])}</p>}
      <SummaryList
        rows={[
          ...row(words.who, signer),
          ...(at
            ? [
                {
                  key: say(words.when),
                  value: (
                    <>
                      <Moment at={at} />
                      {say(words.how, { how: say(times[time]) })}
                    </>
                  ),
                },
              ]
            : row(words.when, signer && say(times[time]))),
          ...row(words.serial, serial),
          ...row(words.since, signer && say(laters[later])),
          ...row(words.second, dual && say(seconds[dual])),
        ]}
      />
    </section>
  )
}
