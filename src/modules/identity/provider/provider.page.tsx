import { Button, Page, Phrase, SummaryList, type Text, texts, usePage } from '#platform'

const words = texts({
  errorTitle: { en: 'This sign-in cannot go on', 'zh-Hant': '登入程序無法繼續' },
  errorLead: {
    en: 'The service that sent you here asked in a way that we cannot answer, so nothing was done and nothing was told to it. Go back to the service and begin again. If it happens again, tell the service the lines below.',
    'zh-Hant':
      '你由另一服務轉來，但其要求有誤，因此沒有進行任何操作，亦沒有提供任何資料。請返回該服務重新開始。如再次發生，請把下列內容告知該服務。',
  },
  suspendedTitle: { en: 'This service is suspended', 'zh-Hant': '此服務已暫停' },
  suspendedLead: {
    en: 'Nobody can sign in to {service} for now. Nothing was done, and nothing was told to it. Whoever runs it can say when it goes on.',
    'zh-Hant': '{service}暫時不能登入。沒有進行任何操作，亦沒有向其提供任何資料。何時恢復，請向營辦者查詢。',
  },
  account: { en: 'Go to my account', 'zh-Hant': '前往我的帳戶' },
  awayLead: {
    en: 'The database cannot be reached just now, so nothing was done and nothing was told to the service. Go back to it, and begin again in a minute.',
    'zh-Hant': '暫時無法連接資料庫，因此沒有進行任何操作，亦沒有向該服務提供任何資料。請返回該服務，一分鐘後再試。',
  },
  error: { en: 'Error', 'zh-Hant': '錯誤' },
  request: { en: 'Request', 'zh-Hant': '要求編號' },
  logoutErrorTitle: { en: 'You are not signed out here', 'zh-Hant': '本網站尚未登出' },
  logoutErrorLead: {
    en: 'The service that sent you here asked for that in a way that we cannot answer, so nothing was done. You can sign out here by yourself. If it happens again, tell the service the lines below.',
    'zh-Hant':
      '你由另一服務轉來登出，但其要求有誤，因此沒有進行任何操作。你可自行在此登出。如再次發生，請把下列內容告知該服務。',
  },
  logoutAddress: {
    en: 'It wants you led on to an address that is not registered for it, so we do not lead you there. You are still signed in here, and can sign out by yourself. If it happens again, tell the service the lines below.',
    'zh-Hant':
      '該服務要求在登出後轉往一個未經登記的網址，因此沒有為你轉往。你在本網站仍未登出，可自行登出。如再次發生，請把下列內容告知該服務。',
  },
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
      <Lines error={[error, reason].filter(Boolean).join(': ')} instance={instance} />
    </Page>
  )
}

/** What the person tells the service. */
function Lines({ error, instance }: { error: string; instance: string }) {
  const { say } = usePage()
  return (
    <SummaryList
      rows={[
        { key: say(words.error), value: <span lang="en">{error}</span> },
        { key: say(words.request), value: instance },
      ]}
    />
  )
}

/** For who comes from a service that asked wrongly to sign them out. */
export function LogoutErrorPage({ reason, instance }: { reason: string; instance: string }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.logoutErrorTitle)} error>
      <h1>
        <Phrase text={say(words.logoutErrorTitle)} />
      </h1>
      <p class="lead">
        {say(reason.startsWith('post_logout_redirect_uri') ? words.logoutAddress : words.logoutErrorLead)}
      </p>
      <p>
        <a href={href('/sign-out')}>{say(words.logout)}</a>
      </p>
      <Lines error={reason} instance={instance} />
    </Page>
  )
}

/** For who is sent here by a service that its developer or an officer stopped. */
export function SuspendedPage({ service }: { service: Text }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.suspendedTitle)} error>
      <h1>
        <Phrase text={say(words.suspendedTitle)} />
      </h1>
      <p class="lead">{say(words.suspendedLead, { service })}</p>
      <p>
        <a href={href('/account')}>{say(words.account)}</a>
      </p>
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
