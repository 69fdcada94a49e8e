import { type Static, Type } from 'typebox'
import { Button, Checkboxes, ErrorSummary, Page, Phrase, pageNames, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'Close this account', 'zh-Hant': '關閉此帳戶' },
  lead: { en: 'This cannot be undone.', 'zh-Hant': '關閉後不能還原。' },
  ways: {
    en: 'Your passkeys and recovery codes stop working, and every browser is signed out.',
    'zh-Hant': '你的通行密鑰及復原碼即時失效，所有瀏覽器均會登出。',
  },
  name: {
    en: 'Your name is deleted. The identifier of the account is never given to anybody else.',
    'zh-Hant': '你的姓名會被刪除；帳戶識別碼不會再編配予他人。',
  },
  stays: {
    en: 'What departments decided about you stays with them. The record of what was done here stays too, without your name.',
    'zh-Hant': '各部門就你所作的決定由部門保存；本網站的操作紀錄亦會保留，但不含你的姓名。',
  },
  sure: { en: 'Are you sure?', 'zh-Hant': '你是否確定？' },
  yes: { en: 'Close my account for good', 'zh-Hant': '永久關閉我的帳戶' },
  missing: { en: 'Tick the box if you want to close the account.', 'zh-Hant': '如要關閉帳戶，請勾選方格。' },
  close: { en: 'Close the account', 'zh-Hant': '關閉帳戶' },
  keep: { en: 'Keep it', 'zh-Hant': '保留帳戶' },
  closed: { en: 'The account is closed', 'zh-Hant': '帳戶已關閉' },
  closedLead: {
    en: 'You are signed out everywhere. Delete the passkey on your devices as well; it opens nothing any more.',
    'zh-Hant': '你已在所有瀏覽器登出。請同時刪除裝置上的通行密鑰，它已不能用於登入。',
  },
})

export type Close = Static<typeof Close>
export const Close = Type.Object({ mistake: Type.Boolean() })

export function ClosePage({ mistake }: Close) {
  const { say, href } = usePage()
  const error = mistake ? say(words.missing) : undefined
  return (
    <Page title={say(words.title)} error={mistake} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <ErrorSummary errors={error ? [{ field: 'sure', text: error }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ul>
        <li>{say(words.ways)}</li>
        <li>{say(words.name)}</li>
        <li>{say(words.stays)}</li>
      </ul>
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
    </Page>
  )
}

export function ClosedPage() {
  const { say } = usePage()
  return (
    <Page title={say(words.closed)}>
      <h1>
        <Phrase text={say(words.closed)} />
      </h1>
      <p class="lead">{say(words.closedLead)}</p>
    </Page>
  )
}
