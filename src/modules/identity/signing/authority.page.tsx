import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, SummaryList, type Text, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'Signing authority', 'zh-Hant': '簽署核證機關' },
  lead: {
    en: 'This installation vouches for the keys with which people sign here, and puts time stamps. Whoever trusts the root can check every signature with tools of their own.',
    'zh-Hant': '本系統為使用者的簽署密鑰作核證，並加蓋時間戳記。信任根證書的人，可用自己的工具核對每項簽署。',
  },
  fingerprint: { en: 'SHA-256 fingerprint', 'zh-Hant': 'SHA-256 指紋' },
  ends: { en: 'Counts until', 'zh-Hant': '有效至' },
  files: { en: 'Files', 'zh-Hant': '檔案' },
  certificate: { en: 'Certificate', 'zh-Hant': '證書' },
  pem: { en: 'Certificate (PEM)', 'zh-Hant': '證書（PEM）' },
  revoked: { en: 'Revoked certificates (CRL)', 'zh-Hant': '已撤銷證書清單（CRL）' },
  check: { en: 'Check a signature', 'zh-Hant': '核對簽署' },
  ask: { en: 'For programs', 'zh-Hant': '供程式使用' },
  stamps: { en: 'Time stamps (RFC 3161):', 'zh-Hant': '時間戳記（RFC 3161）：' },
  status: { en: 'Status of a certificate (RFC 6960):', 'zh-Hant': '證書狀況（RFC 6960）：' },
})

const kinds: Readonly<Record<string, Text>> = texts({
  root: { en: 'Root', 'zh-Hant': '根證書' },
  issuing: { en: 'For the keys of people', 'zh-Hant': '核證使用者密鑰' },
  timestamp: { en: 'For time stamps', 'zh-Hant': '加蓋時間戳記' },
})

export type Authority = Static<typeof Authority>
export const Authority = Type.Object({
  certificates: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      fingerprint: Type.String(),
      beginsAt: Type.String(),
      endsAt: Type.String(),
    }),
  ),
})

/** In groups of eight, so that two people can read it to each other. */
export const Grouped = ({ hex }: { hex: string }) => <code>{hex.replace(/.{8}(?=.)/g, '$& ')}</code>

export function AuthorityPage({ certificates }: Authority) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>
        <a href={href('/sign/verify')}>{say(words.check)}</a>
      </p>
      {certificates.map(({ id, kind, fingerprint, endsAt }) => (
        <section key={id}>
          <h2>{say(kinds[kind]!)}</h2>
          <SummaryList
            rows={[
              { key: say(words.fingerprint), value: <Grouped hex={fingerprint} /> },
              { key: say(words.ends), value: <Moment at={endsAt} /> },
              {
                key: say(words.files),
                value: (
                  <>
                    <div>
                      <a href={`/signing/ca/${id}.crt`}>{say(words.certificate)}</a>
                    </div>
                    <div>
                      <a href={`/signing/ca/${id}.pem`}>{say(words.pem)}</a>
                    </div>
                    {kind !== 'timestamp' && (
                      <div>
                        <a href={`/signing/ca/${id}.crl`}>{say(words.revoked)}</a>
                      </div>
                    )}
                  </>
                ),
              },
            ]}
          />
        </section>
      ))}
      <h2>{say(words.ask)}</h2>
      <ul>
        <li>
          {say(words.stamps)} <code>POST /signing/timestamps</code>
        </li>
        <li>
          {say(words.status)} <code>POST /signing/ocsp</code>
        </li>
      </ul>
    </Page>
  )
}
