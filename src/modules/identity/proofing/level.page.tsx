import { type Static, Type } from 'typebox'
import {
  Button,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  pageNames,
  SummaryList,
  Table,
  Tag,
  Text,
  texts,
  usePage,
} from '#platform'

export const levelNames: Readonly<Record<1 | 2 | 3, Text>> = texts({
  1: { en: 'Level 1: as you say', 'zh-Hant': '第 1 級：自行申報' },
  2: { en: 'Level 2: document compared with the register', 'zh-Hant': '第 2 級：已與登記冊核對身份證明文件' },
  3: { en: 'Level 3: seen at a counter', 'zh-Hant': '第 3 級：已親身到櫃位核實' },
})

export const methodNames: Readonly<Record<string, Text>> = texts({
  register: { en: 'Document compared with the register', 'zh-Hant': '與登記冊核對身份證明文件' },
  counter: { en: 'Visit to a counter', 'zh-Hant': '親身到櫃位' },
  demonstration: { en: 'Made up for the demonstration', 'zh-Hant': '為示範而設' },
})

export const withdrawalNames: Readonly<Record<string, Text>> = texts({
  'wrong-person': { en: 'it was given to the wrong person', 'zh-Hant': '誤發給另一人' },
  'document-cancelled': { en: 'the document was cancelled', 'zh-Hant': '身份證明文件已註銷' },
  'own-wish': { en: 'the holder of the account asked for it', 'zh-Hant': '應帳戶持有人要求' },
})

export const words = texts({
  title: { en: 'How sure we are of who you are', 'zh-Hant': '身份核實級別' },
  now: { en: 'Level now', 'zh-Hant': '目前級別' },
  ends: { en: 'Counts until', 'zh-Hant': '有效期至' },
  endsSoon: { en: 'Your level ends soon', 'zh-Hant': '你的級別即將到期' },
  endsSoonText: {
    en: 'Prove who you are again before that day, and nothing changes for you.',
    'zh-Hant': '在到期前重新核實，使用服務便不受影響。',
  },
  session: { en: 'This sign-in', 'zh-Hant': '這次登入' },
  sessionLess: {
    en: 'The way in which you signed in carries level {level} at most. Sign in with a passkey to use what you have proven.',
    'zh-Hant': '這次登入的方式最多只可達第 {level} 級。請以通行密鑰登入，使用已核實的級別。',
  },
  more: { en: 'What you can do', 'zh-Hant': '你可以做的事' },
  document: { en: 'Compare your identity document', 'zh-Hant': '核對身份證明文件' },
  documentLine: {
    en: 'Reach level 2 here, in about two minutes. You need your document. It counts for {months} months.',
    'zh-Hant': '在網上達到第 2 級，約需兩分鐘，請備妥身份證明文件。有效期為 {months} 個月。',
  },
  counter: { en: 'Go to a counter', 'zh-Hant': '親身到櫃位' },
  counterLine: {
    en: 'Reach level 3 with a code from here and your document. It counts for {months} months.',
    'zh-Hant': '帶同在此取得的代碼和身份證明文件，達到第 3 級。有效期為 {months} 個月。',
  },
  again: {
    en: 'You have reached this level. Do it again when your document is replaced, or before the level ends; it counts for {months} months from then.',
    'zh-Hant': '你已達到此級別。換領證件後或到期前可再次核實，由當日起計有效期為 {months} 個月。',
  },
  nothing: {
    en: 'Nothing can be proven here: this government has not said by which documents.',
    'zh-Hant': '本系統未設定可用的身份證明文件，暫時不能核實身份。',
  },
  goOn: { en: 'Go back to where you were', 'zh-Hant': '返回先前的頁面' },
  history: { en: 'How it was reached', 'zh-Hant': '核實紀錄' },
  none: {
    en: 'Nothing yet. Each proof will be listed with who saw it and until when it counts.',
    'zh-Hant': '暫時沒有紀錄。每項核實紀錄會列出由誰核實和有效期。',
  },
  reference: { en: 'Reference', 'zh-Hant': '編號' },
  level: { en: 'Level', 'zh-Hant': '級別' },
  how: { en: 'How', 'zh-Hant': '方式' },
  levelShort: { en: 'Level {level}', 'zh-Hant': '第 {level} 級' },
  fromUntil: { en: 'From and until', 'zh-Hant': '有效期' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  counts: { en: 'Counts', 'zh-Hant': '有效' },
  ended: { en: 'Ended', 'zh-Hant': '已到期' },
  withdrawn: { en: 'Withdrawn: {reason}', 'zh-Hant': '已撤銷：{reason}' },
  visit: { en: 'Your last visit to a counter did not prove you', 'zh-Hant': '上次到櫃位未能核實' },
})

export const refusalNames: Readonly<Record<string, Text>> = texts({
  'document-not-genuine': { en: 'The document could not be accepted as genuine.', 'zh-Hant': '未能確認證件真偽。' },
  'face-differs': {
    en: 'The photograph and the person could not be matched.',
    'zh-Hant': '未能確認相片與本人相符。',
  },
  'document-ended': { en: 'The document has expired. Renew it first.', 'zh-Hant': '證件已過期，請先換領新證。' },
  'register-differs': {
    en: 'The register did not agree with the document. Whoever issued it must correct the register first.',
    'zh-Hant': '登記冊與證件不符，須先由簽發證件的部門更正登記冊。',
  },
  'no-document': { en: 'There was no document to look at. Bring it.', 'zh-Hant': '沒有出示證件，請帶備證件。' },
})

const ProofLine = Type.Object({
  reference: Type.String(),
  level: Type.Integer(),
  method: Type.String(),
  provenAt: Type.String(),
  expiresAt: Type.String(),
  organisation: Type.Union([Text, Type.Null()]),
  state: Type.Enum(['counts', 'ended', 'withdrawn']),
  withdrawnReason: Type.Union([Type.String(), Type.Null()]),
})

export type LevelData = Static<typeof LevelData>
export const LevelData = Type.Object({
  /** What the person has proven, and what this sign-in carries of it. */
  level: Type.Integer(),
  sessionLevel: Type.Integer(),
  expiresAt: Type.Union([Type.String(), Type.Null()]),
  endsSoon: Type.Boolean(),
  proofs: Type.Array(ProofLine),
  lastVisit: Type.Union([Type.Object({ reason: Type.String(), at: Type.String() }), Type.Null()]),
  /** Months for which each way counts; null where nothing can be proven. */
  ways: Type.Union([Type.Object({ document: Type.Integer(), counter: Type.Integer() }), Type.Null()]),
  next: Type.Union([Type.String(), Type.Null()]),
})

export const accountCrumb = (say: ReturnType<typeof usePage>['say']) => [
  { text: say(pageNames.account), path: '/account' },
]
export const levelCrumbs = (say: ReturnType<typeof usePage>['say']) => [
  ...accountCrumb(say),
  { text: say(words.title), path: '/account/level' },
]

/** What level a person has, how they came to it, when it ends, and what more they can do. */
export function LevelPage(data: LevelData) {
  const { say, href } = usePage()
  const { level, sessionLevel, expiresAt, ways, next, lastVisit } = data
  const on = next === null ? '' : `?next=${encodeURIComponent(next)}`
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumb(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {data.endsSoon && (
        <NotificationBanner tone="warn" title={say(words.endsSoon)}>
          <p>{say(words.endsSoonText)}</p>
        </NotificationBanner>
      )}
      <SummaryList
        rows={[
          { key: say(words.now), value: say(levelNames[level as 1]) },
          ...(expiresAt ? [{ key: say(words.ends), value: <Moment at={expiresAt} /> }] : []),
          ...(sessionLevel < level
            ? [{ key: say(words.session), value: say(words.sessionLess, { level: sessionLevel }) }]
            : []),
        ]}
      />
      {next !== null && level > 1 && (
        <p>
          <Button href={href(next)}>{say(words.goOn)}</Button>
        </p>
      )}
      {lastVisit && (
        <NotificationBanner tone="warn" id="visit" title={say(words.visit)}>
          <p>
            <Moment at={lastVisit.at} /> {say(refusalNames[lastVisit.reason] ?? words.visit)}
          </p>
        </NotificationBanner>
      )}
      <h2>{say(words.more)}</h2>
      {ways ? (
        <ul class="sections">
          {waysFrom(level).map(({ way, path, line }) => (
            <li key={way}>
              <a href={href(way === 'document' ? `${path}${on}` : path)}>{say(words[way])}</a>
              <span>{say(line, { months: ways[way] })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p>{say(words.nothing)}</p>
      )}
      <h2>{say(words.history)}</h2>
      {data.proofs.length === 0 ? <p>{say(words.none)}</p> : <Proofs proofs={data.proofs} />}
    </Page>
  )
}

/** What leads higher comes first; what one has reached says so. */
function waysFrom(level: number) {
  const all = [
    { way: 'document', path: '/account/level/document', to: 2, line: words.documentLine },
    { way: 'counter', path: '/account/level/counter', to: 3, line: words.counterLine },
  ] as const
  const higher = all.filter(({ to }) => to > level)
  const reached = all.filter(({ to }) => to <= level).map((each) => ({ ...each, line: words.again }))
  return [...higher, ...reached]
}

function Proofs({ proofs }: Pick<LevelData, 'proofs'>) {
  const { say } = usePage()
  return (
    <Table
      caption={say(words.history)}
      captionHidden
      narrow="stack"
      columns={[words.reference, words.level, words.how, words.fromUntil, words.state].map((each) => ({
        label: say(each),
      }))}
      rows={proofs.map((proof) => ({
        cells: [
          proof.reference,
          say(words.levelShort, { level: proof.level }),
          <>
            {say(methodNames[proof.method] ?? methodNames.demonstration!)}
            {proof.organisation && <span class="muted"> {say(proof.organisation)}</span>}
          </>,
          <>
            <Moment at={proof.provenAt} /> – <Moment at={proof.expiresAt} />
          </>,
          <ProofState proof={proof} key="state" />,
        ],
      }))}
    />
  )
}

function ProofState({ proof: { state, withdrawnReason } }: { proof: LevelData['proofs'][number] }) {
  const { say } = usePage()
  if (state !== 'withdrawn') return <Tag {...(state === 'counts' && { tone: 'good' })}>{say(words[state])}</Tag>
  const reason = withdrawalNames[withdrawnReason ?? '']
  return <Tag tone="bad">{say(words.withdrawn, { reason: reason ? say(reason) : '' })}</Tag>
}
