import { type Static, Type } from 'typebox'
import {
  Button,
  Checkboxes,
  Details,
  Downloads,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  SummaryList,
  Text,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done, onTheWay } from '../done.tsx'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { Grouped } from './authority.page.tsx'
import { SigningView } from './types.ts'

const words = texts({
  title: { en: 'Sign a document', 'zh-Hant': '簽署文件' },
  signedTitle: { en: 'You signed this document', 'zh-Hant': '你已簽署這份文件' },
  endedTitle: { en: 'Not to be signed any more', 'zh-Hant': '不能再簽署' },
  asked: { en: '{organisation} asks you to sign this.', 'zh-Hant': '{organisation}請你簽署這份文件。' },
  own: { en: 'This is your own document.', 'zh-Hant': '這是你自己的文件。' },
  document: { en: 'Document', 'zh-Hant': '文件' },
  department: { en: 'Department', 'zh-Hant': '部門' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  size: { en: 'Size', 'zh-Hant': '大小' },
  pages: { en: 'Pages: {pages}; {kilobytes} kB', 'zh-Hant': '{pages} 頁；{kilobytes} kB' },
  signer: { en: 'Signed in the name of', 'zh-Hant': '簽署人' },
  until: { en: 'To be signed by', 'zh-Hant': '簽署限期' },
  at: { en: 'Signed on', 'zh-Hant': '簽署時間' },
  read: { en: 'Read the document', 'zh-Hant': '閱讀文件' },
  compare: { en: 'Compare before you sign', 'zh-Hant': '簽署前請核對' },
  stands: { en: 'What stands for this document', 'zh-Hant': '代表這份文件的字詞' },
  compareLine: {
    en: 'The service that asks you shows the same words or numbers. If one differs, it is another document: do not sign.',
    'zh-Hant': '要求你簽署的服務會顯示相同的字詞或數字。如有一處不同，即並非同一份文件，請勿簽署。',
  },
  ownLine: {
    en: 'These words and numbers stand for this document. Any change to it gives others.',
    'zh-Hant': '這些字詞和數字代表這份文件，文件如有任何改動，便會完全不同。',
  },
  whole: { en: 'The whole hash (SHA-256)', 'zh-Hant': '完整雜湊值（SHA-256）' },
  what: {
    en: 'Your passkey releases your own signing key for this one signature. The signature carries your name and a time stamp, and cannot be taken back.',
    'zh-Hant': '通行密鑰只為這次簽署開啟你的簽署密鑰。簽署會附上你的姓名和時間戳記，簽署後不能收回。',
  },
  more: { en: 'Second signature', 'zh-Hant': '第二項簽署' },
  dual: { en: 'Add a signature that withstands quantum computers', 'zh-Hant': '另加一項可抵禦量子電腦的簽署' },
  dualHint: {
    en: 'By ML-DSA-44, in a file of its own beside the first. Few programs can check it today.',
    'zh-Hant': '採用 ML-DSA-44，另存檔案。目前只有少數程式能夠核對。',
  },
  sign: { en: 'Sign with your passkey', 'zh-Hant': '用通行密鑰簽署' },
  decline: { en: 'Do not sign', 'zh-Hant': '不簽署' },
  noPasskey: {
    en: 'You need a passkey to sign, and your account has none that works. Add one to your account, and come back to this page.',
    'zh-Hant': '簽署須使用通行密鑰，而你的帳戶沒有可用的密鑰。請先為帳戶加入通行密鑰，再返回本頁。',
  },
  ended: {
    en: 'Its time ran out, or it was declined, so nothing was signed. Ask for it again if you still need it.',
    'zh-Hant': '簽署限期已過，或已被拒絕簽署，因此沒有簽署。如仍需要，請重新要求。',
  },
  signed: {
    en: 'Keep the files: whoever has them can check your signature without this site.',
    'zh-Hant': '請保存檔案：任何人取得檔案，毋須經本網站亦可核對你的簽署。',
  },
  keptFor: {
    en: 'The signed document can be fetched here for seven days and is then deleted.',
    'zh-Hant': '已簽署的文件會在此保留七天，其後刪除。',
  },
  pdf: { en: 'Signed document (PDF)', 'zh-Hant': '已簽署文件（PDF）' },
  p7s: { en: 'Signature (.p7s)', 'zh-Hant': '簽署檔（.p7s）' },
  both: { en: 'Both signatures (.json)', 'zh-Hant': '兩項簽署（.json）' },
  verify: { en: 'Check a signature', 'zh-Hant': '核對簽署' },
  all: { en: 'All that you signed', 'zh-Hant': '你簽署過的所有文件' },
})

export type SignData = Static<typeof SignData>
export const SignData = Type.Object({
  ...SigningView.properties,
  signer: Text,
  refusal: Type.Union([Text, Type.Null()]),
  hasPasskey: Type.Boolean(),
  passkey: Type.Union([PasskeyAsked, Type.Null()]),
})

/** Twelve words, in Chinese with the English beside, and the same as numbers. */
export function HashWords({ words, digits }: Pick<SigningView, 'words' | 'digits'>) {
  const { say, language } = usePage()
  return (
    <div class="hash">
      <ol class="hash__words">
        {words.flat().map((word, at) => (
          <li key={at}>
            {say(word)}
            {language !== 'en' && <span lang="en"> {word.en}</span>}
          </li>
        ))}
      </ol>
      <p class="hash__digits">{digits.join(' ')}</p>
    </div>
  )
}

/** What a document is, row by row, as the department says it. */
export function documentRows(view: SigningView, { say }: Pick<ReturnType<typeof usePage>, 'say'>) {
  const { bytes, pages, service, organisation } = view
  const row = (key: string, value: string | null) => (value === null ? [] : [{ key, value }])
  const size = { pages: `${pages}`, kilobytes: Math.ceil((bytes ?? 0) / 1000) }
  return [
    ...row(say(words.document), view.documentName),
    ...row(say(words.department), organisation && say(organisation)),
    ...row(say(words.service), service),
    ...row(say(words.size), bytes === null ? null : say(words.pages, size)),
    ...view.summary.map(({ label, value }) => ({ key: label, value })),
  ]
}

export function SignPage(data: SignData) {
  const { say, href } = usePage()
  const { state, refusal, organisation } = data
  const title = say(state === 'signed' ? words.signedTitle : state === 'ended' ? words.endedTitle : words.title)
  return (
    <Page
      title={title}
      error={refusal !== null}
      scripts={['passkeys']}
      breadcrumbs={accountCrumbs(say, '/account/signatures')}
    >
      <Done of={[...onTheWay, 'document-signed']} />
      {refusal && <ErrorSummary errors={[{ field: 'sign', text: say(refusal) }]} />}
      <h1>
        <Phrase text={title} />
      </h1>
      {state === 'waiting' && (
        <p class="lead">{organisation ? say(words.asked, { organisation: say(organisation) }) : say(words.own)}</p>
      )}
      {state === 'signed' && <p class="lead">{say(words.signed)}</p>}
      {state === 'ended' && <p class="lead">{say(words.ended)}</p>}
      <SummaryList
        rows={[
          ...documentRows(data, { say }),
          { key: say(words.signer), value: say(data.signer) },
          data.signedAt
            ? { key: say(words.at), value: <Moment at={data.signedAt} /> }
            : { key: say(words.until), value: <Moment at={data.expiresAt} /> },
        ]}
      />
      {state === 'signed' && <Files {...data} />}
      {state === 'waiting' && data.kind === 'pdf' && (
        <p>
          <a href={`/sign/${data.id}/document.pdf`} target="_blank" rel="noreferrer">
            {say(words.read)}
          </a>
        </p>
      )}
      {state !== 'ended' && (
        <>
          <h2>{say(state === 'waiting' ? words.compare : words.stands)}</h2>
          <p>{say(organisation && state === 'waiting' ? words.compareLine : words.ownLine)}</p>
          <HashWords words={data.words} digits={data.digits} />
          <Details summary={say(words.whole)}>
            <p>
              <Grouped hex={data.hash} />
            </p>
          </Details>
        </>
      )}
      {state === 'waiting' && <Approve {...data} />}
      <p>
        <a href={href('/account/signatures')}>{say(words.all)}</a>
      </p>
    </Page>
  )
}

function Approve({ id, kind, passkey, organisation }: SignData) {
  const { say, href } = usePage()
  return (
    <section id="sign" class="apart" tabIndex={-1}>
      {passkey ? (
        <>
          <p>{say(words.what)}</p>
          <div class="apart">
            <PasskeyForm action={`/sign/${id}`} asked={passkey} label={say(words.sign)}>
              {kind === 'hash' && (
                <Checkboxes
                  name="dual"
                  label={say(words.more)}
                  options={[{ value: 'yes', label: say(words.dual), hint: say(words.dualHint) }]}
                />
              )}
            </PasskeyForm>
          </div>
        </>
      ) : (
        <p>
          <a href={href('/account/devices')}>{say(words.noPasskey)}</a>
        </p>
      )}
      {(passkey || organisation) && (
        <form method="post" class="apart" action={href(`/sign/${id}/decline`)}>
          <Button kind="second">{say(words.decline)}</Button>
        </form>
      )}
    </section>
  )
}

function Files({ id, kind, dual, kept }: SignData) {
  const { say, href } = usePage()
  const files = [
    ...(kept ? [{ label: say(words.pdf), path: `/sign/${id}/signed.pdf`, type: 'application/pdf' }] : []),
    ...(kind === 'hash' ? [{ label: say(words.p7s), path: `/sign/${id}/signature.p7s` }] : []),
    ...(dual ? [{ label: say(words.both), path: `/sign/${id}/dual.json` }] : []),
  ]
  return (
    <>
      {kept && <p>{say(words.keptFor)}</p>}
      <Downloads files={files} />
      <p>
        <a href={href('/sign/verify')}>{say(words.verify)}</a>
      </p>
    </>
  )
}
