import { Button, Page, Phrase, texts, usePage } from '#platform'

const words = texts({
  errorTitle: { en: 'This sign-in cannot go on', 'zh-Hant': '登入程序無法繼續' },
  errorLead: {
    en: 'The service that sent you here asked in a way that we cannot answer, so nothing was done and nothing was told to it. Go back to the service and begin again. If it happens again, tell the service the lines below.',
    'zh-Hant':
      '你由另一服務轉來，但其要求有誤，因此沒有進行任何操作，亦沒有提供任何資料。請返回該服務重新開始。如再次發生，請把下列內容告知該服務。',
  },
  awayLead: {
    en: 'The database cannot be reached just now, so nothing was done and nothing was told to the service. Go back to it, and begin again in a minute.',
    'zh-Hant': '暫時無法連接資料庫，因此沒有進行任何操作，亦沒有向該服務提供任何資料。請返回該服務，一分鐘後再試。',
  },
  error: { en: 'Error', 'zh-Hant': '錯誤' },
  request: { en: 'Request', 'zh-Hant': '要求編號' },
  logoutTitle: { en: 'Sign out here too?', 'zh-Hant': '是否同時登出本網站？' },
  logoutLead: {
    en: 'You signed out of {client}. Signing out here ends this sign-in for every service that you reached with it.',
    'zh-Hant': '你已登出{client}。在此登出後，所有經本次登入使用的服務亦會一併登出。',
  },
  aService: { en: 'a service', 'zh-Hant': '一項服務' },
  logout: { en: 'Sign out', 'zh-Hant': '登出' },
  stay: { en: 'Stay signed in', 'zh-Hant': '保持登入' },
})

/** For a request that may not go back to its client: nobody knows that the address is the client's. */
export function ProviderErrorPage({ error, reason, instance }: { error: string; reason: string; instance: string }) {
  const { say } = usePage()
  return (
    <Page title={say(words.errorTitle)} error>
      <h1>
        <Phrase text={say(words.errorTitle)} />
      </h1>
      <p class="lead">{say(error === 'temporarily_unavailable' ? words.awayLead : words.errorLead)}</p>
      <dl class="summary-list">
        <div>
          <dt>{say(words.error)}</dt>
          <dd lang="en">
            {error}
            {reason && `: ${reason}`}
          </dd>
        </div>
        <div>
          <dt>{say(words.request)}</dt>
          <dd>{instance}</dd>
        </div>
      </dl>
    </Page>
  )
}

/** Ends our session only after asking: an address alone must not sign anybody out. */
export function LogoutPage({ action, xsrf, client }: { action: string; xsrf: string; client: string | null }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.logoutTitle)}>
      <h1>
        <Phrase text={say(words.logoutTitle)} />
      </h1>
      <p class="lead">{say(words.logoutLead, { client: client ?? words.aService })}</p>
      <form method="post" action={action}>
        <input type="hidden" name="xsrf" value={xsrf} />
        <input type="hidden" name="logout" value="yes" />
        <Button>{say(words.logout)}</Button>
      </form>
      <p>
        <a href={href('/account')}>{say(words.stay)}</a>
      </p>
    </Page>
  )
}
