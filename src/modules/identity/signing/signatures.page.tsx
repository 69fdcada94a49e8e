import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, Text, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'

const words = texts({
  title: { en: 'Your signatures', 'zh-Hant': '你的簽署' },
  lead: {
    en: 'Everything that you signed here, newest first, and what others ask you to sign.',
    'zh-Hant': '你在此簽署過的所有文件（新的在前），以及等待你簽署的文件。',
  },
  new: { en: 'Sign a document of your own', 'zh-Hant': '簽署自己的文件' },
  verify: { en: 'Check a signature', 'zh-Hant': '核對簽署' },
  waiting: { en: 'Waiting for you, until', 'zh-Hant': '等待你簽署，限期至' },
  signed: { en: 'Signed', 'zh-Hant': '已簽署' },
  none: {
    en: 'Nothing yet. Each document that you sign will be listed here.',
    'zh-Hant': '暫時沒有。你簽署的每份文件會在此列出。',
  },
  forWhom: { en: 'for {organisation}', 'zh-Hant': '交予{organisation}' },
  own: { en: 'your own document', 'zh-Hant': '你自己的文件' },
  hash: { en: 'SHA-256', 'zh-Hant': 'SHA-256' },
  certificates: { en: 'Your signing certificates', 'zh-Hant': '你的簽署證書' },
  certificatesLine: {
    en: 'Made when you first sign. Revoke one if somebody else may have signed with it: its key is destroyed, what was signed before stays good, and your next signature gets a new one.',
    'zh-Hant':
      '首次簽署時產生。如懷疑有人曾用你的證書簽署，可將其撤銷：密鑰會銷毀，先前的簽署仍然有效，下次簽署時會有新證書。',
  },
  noCertificate: { en: 'None yet.', 'zh-Hant': '暫時沒有。' },
  revoke: { en: 'Revoke', 'zh-Hant': '撤銷' },
  ends: { en: '{state}, counts until', 'zh-Hant': '{state}，有效至' },
})

const states = texts({
  counts: { en: 'In use', 'zh-Hant': '使用中' },
  ended: { en: 'Ended', 'zh-Hant': '已到期或更換' },
  revoked: { en: 'Revoked', 'zh-Hant': '已撤銷' },
})

const Organisation = Type.Union([Text, Type.Null()])
export type SignaturesData = Static<typeof SignaturesData>
export const SignaturesData = Type.Object({
  receipts: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['hash', 'pdf']),
      documentName: Type.String(),
      organisation: Organisation,
      hash: Type.String(),
      signedAt: Type.String(),
      serial: Type.String(),
      dual: Type.Boolean(),
      kept: Type.Boolean(),
    }),
  ),
  waiting: Type.Array(
    Type.Object({
      id: Type.String(),
      documentName: Type.String(),
      organisation: Organisation,
      expiresAt: Type.String(),
    }),
  ),
  certificates: Type.Array(
    Type.Object({
      serial: Type.String(),
      beginsAt: Type.String(),
      endsAt: Type.String(),
      state: Type.Enum(['counts', 'ended', 'revoked']),
    }),
  ),
})

export function SignaturesPage({ receipts, waiting, certificates }: SignaturesData) {
  const { say, href } = usePage()
  const forWhom = (organisation: Text | null) =>
    organisation ? say(words.forWhom, { organisation: say(organisation) }) : say(words.own)
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say)}>
      <Done of={['signing-declined', 'signing-certificate-revoked']} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ul>
        <li>
          <a href={href('/sign/new')}>{say(words.new)}</a>
        </li>
        <li>
          <a href={href('/sign/verify')}>{say(words.verify)}</a>
        </li>
      </ul>
      {waiting.length > 0 && (
        <>
          <h2>{say(words.waiting)}</h2>
          <ul class="ledger">
            {waiting.map(({ id, documentName, organisation, expiresAt }) => (
              <li key={id}>
                <Moment at={expiresAt} />{' '}
                <div>
                  <a href={href(`/sign/${id}`)}>{documentName}</a> {forWhom(organisation)}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{say(words.signed)}</h2>
      {receipts.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <ul class="ledger">
          {receipts.map(({ id, documentName, organisation, hash, signedAt }) => (
            <li key={id}>
              <Moment at={signedAt} />{' '}
              <div>
                <a href={href(`/sign/${id}`)}>{documentName}</a> {forWhom(organisation)}{' '}
                <span class="hash__short">
                  {say(words.hash)} <code>{hash.slice(0, 16)}…</code>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <h2>{say(words.certificates)}</h2>
      <p>{say(words.certificatesLine)}</p>
      {certificates.length === 0 ? (
        <p>{say(words.noCertificate)}</p>
      ) : (
        <ul class="ledger">
          {certificates.map(({ serial, state, endsAt }) => (
            <li key={serial}>
              <span>{say(words.ends, { state: say(states[state]) })}</span>{' '}
              <div>
                <Moment at={endsAt} /> <code>{serial.slice(0, 8)}…</code>
                {state !== 'revoked' && (
                  <form method="post" action={href('/account/signatures/revoke')}>
                    <input type="hidden" name="serial" value={serial} />
                    <button class="button button--second" type="submit">
                      {say(words.revoke)}
                      <span class="visually-hidden"> {serial.slice(0, 8)}</span>
                    </button>
                  </form>
                )}
              </div>{' '}
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
