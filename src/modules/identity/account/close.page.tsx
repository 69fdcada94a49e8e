import { type Static, Type } from 'typebox'
import { Button, Checkboxes, ErrorSummary, Page, Phrase, pageNames, SummaryList, Text, texts, usePage } from '#platform'
import type { Holdings } from './close.sql.ts'
import { WaitNotice, Waits } from './protection.page.tsx'

const words = texts({
  title: { en: 'Close this account', 'zh-Hant': '關閉此帳戶' },
  lead: { en: 'This cannot be undone.', 'zh-Hant': '關閉後不能還原。' },
  endsTitle: { en: 'What ends at once', 'zh-Hant': '即時終止的項目' },
  staysTitle: { en: 'What stays', 'zh-Hant': '保留的資料' },
  name: {
    en: 'Your name is deleted. The identifier of the account is never given to anybody else.',
    'zh-Hant': '你的姓名會被刪除；帳戶識別碼不會再編配予他人。',
  },
  inbox: {
    en: 'You cannot open your inbox any more. Keep what you still need before you go on.',
    'zh-Hant': '你不能再開啟收件匣。如有需要，請先儲存當中的資料。',
  },
  stays: {
    en: 'What departments decided about you stays with them. The record of what was done here stays too, without your name.',
    'zh-Hant': '各部門就你所作的決定由部門保存；本網站的操作紀錄亦會保留，但不含你的姓名。',
  },
  signed: {
    en: 'What you signed stays valid: it was signed before the certificate was revoked.',
    'zh-Hant': '你簽署過的文件仍然有效，因為是在證書撤銷前簽署的。',
  },
  alone: {
    en: 'Nobody but you grants roles in {organisation}. Without you nobody can. Give the role to somebody else first; if nobody is there to approve that, ask whoever runs this installation.',
    'zh-Hant':
      '只有你負責在{organisation}委派職務。關閉後便無人可以委派，請先把職務交予他人；如無人可批准，請聯絡系統營運者。',
  },
  acting: { en: 'In whose name you act', 'zh-Hant': '以誰的名義行事' },
  sure: { en: 'Are you sure?', 'zh-Hant': '你是否確定？' },
  yes: { en: 'Close my account for good', 'zh-Hant': '永久關閉我的帳戶' },
  missing: { en: 'Tick the box if you want to close the account.', 'zh-Hant': '如要關閉帳戶，請勾選方格。' },
  close: { en: 'Close the account', 'zh-Hant': '關閉帳戶' },
  keep: { en: 'Keep it', 'zh-Hant': '保留帳戶' },
  madeUp: {
    en: 'You are one of the made-up people of this demonstration, who belong to everybody. Their accounts are not closed.',
    'zh-Hant': '你現以示範系統的虛構人物登入，各人均可使用，因此不能關閉。',
  },
  back: { en: 'Back to the account', 'zh-Hant': '返回帳戶' },
  closed: { en: 'The account is closed', 'zh-Hant': '帳戶已關閉' },
  closedLead: {
    en: 'You are signed out everywhere. Delete the passkey on your devices as well; it opens nothing any more.',
    'zh-Hant': '你已在所有瀏覽器登出。請同時刪除裝置上的通行密鑰，它已不能用於登入。',
  },
  home: { en: 'To the home page', 'zh-Hant': '返回主頁' },
})

const holdings: Readonly<Record<keyof Holdings, Text>> = texts({
  passkeys: { en: 'Passkeys', 'zh-Hant': '通行密鑰' },
  codes: { en: 'Recovery codes', 'zh-Hant': '復原碼' },
  sessions: { en: 'Browsers that are signed in', 'zh-Hant': '登入中的瀏覽器' },
  services: { en: 'Services that receive what you agreed to', 'zh-Hant': '你同意提供資料的服務' },
  platforms: { en: 'Linked platforms', 'zh-Hant': '已連結的平台' },
  roles: { en: 'Roles in organisations', 'zh-Hant': '在機構的職務' },
  mandates: { en: 'Mandates, yours and those given to you', 'zh-Hant': '你發出和獲發的授權' },
  certificates: { en: 'Signing certificates, which are revoked', 'zh-Hant': '簽署證書（會被撤銷）' },
  documents: { en: 'Documents to sign or fetch, which are deleted', 'zh-Hant': '待簽署或待下載的文件（會被刪除）' },
  clients: {
    en: 'Clients that you registered, to which nobody can sign in any more',
    'zh-Hant': '你登記的客戶端（無人可再經其登入）',
  },
  notifications: { en: 'Addresses and browsers that are told of messages', 'zh-Hant': '接收通知的電郵地址和瀏覽器' },
})

export type Close = Static<typeof Close>
export const Close = Type.Object({
  mistake: Type.Boolean(),
  madeUp: Type.Boolean(),
  waits: Waits,
  /** How many of each there are. */
  ends: Type.Record(Type.String(), Type.Integer()),
  /** Organisations that are left without anybody who grants roles. */
  alone: Type.Array(Text),
})

export function ClosePage({ mistake, madeUp, waits, ends, alone }: Close) {
  const { say, href } = usePage()
  const error = mistake ? say(words.missing) : undefined
  const rows = (Object.keys(holdings) as (keyof Holdings)[])
    .filter((each) => (ends[each] ?? 0) > 0)
    .map((each) => ({ key: say(holdings[each]), value: `${ends[each]}` }))
  return (
    <Page title={say(words.title)} error={mistake} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <ErrorSummary errors={error ? [{ field: 'sure', text: error }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(madeUp ? words.madeUp : words.lead)}</p>
      {madeUp ? (
        <Button kind="link" href={href('/account')}>
          {say(words.back)}
        </Button>
      ) : (
        <>
          {alone.map((organisation) => (
            <p key={organisation.en}>
              <strong>{say(words.alone, { organisation })}</strong>{' '}
              <a href={href('/account/acting')}>{say(words.acting)}</a>
            </p>
          ))}
          <h2>{say(words.endsTitle)}</h2>
          <SummaryList rows={rows} />
          <ul>
            <li>{say(words.name)}</li>
            <li>{say(words.inbox)}</li>
          </ul>
          <h2>{say(words.staysTitle)}</h2>
          <ul>
            <li>{say(words.stays)}</li>
            <li>{say(words.signed)}</li>
          </ul>
          {waits ? (
            <WaitNotice waits={waits} />
          ) : (
            <form method="post" action={href('/account/close')}>
              <Checkboxes
                name="sure"
                label={say(words.sure)}
                options={[{ value: 'yes', label: say(words.yes) }]}
                {...(error && { error })}
              />
              <div class="buttons">
                <Button kind="harm">{say(words.close)}</Button>
                <Button kind="link" href={href('/account')}>
                  {say(words.keep)}
                </Button>
              </div>
            </form>
          )}
        </>
      )}
    </Page>
  )
}

export function ClosedPage() {
  const { say, href } = usePage()
  return (
    <Page title={say(words.closed)}>
      <h1>
        <Phrase text={say(words.closed)} />
      </h1>
      <p class="lead">{say(words.closedLead)}</p>
      <p>
        <a href={href('/')}>{say(words.home)}</a>
      </p>
    </Page>
  )
}
