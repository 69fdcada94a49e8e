import { Button, Page, Phrase, texts, usePage } from '#platform'

const words = texts({
  outTitle: { en: 'You are signed out', 'zh-Hant': '你已登出' },
  outLead: { en: 'Close the browser if others use it too.', 'zh-Hant': '如與他人共用電腦，請關閉瀏覽器。' },
  again: { en: 'Sign in again', 'zh-Hant': '再次登入' },
  home: { en: 'To the home page', 'zh-Hant': '返回主頁' },
  leaveTitle: { en: 'Sign out of this browser?', 'zh-Hant': '是否在此瀏覽器登出？' },
  as: { en: 'You are signed in as {name}.', 'zh-Hant': '你現時以{name}的身份登入。' },
  leave: { en: 'Sign out', 'zh-Hant': '登出' },
  stay: { en: 'Stay signed in', 'zh-Hant': '保持登入' },
})

/** After signing out. Whoever comes back to it signed in is not told that they are not. */
export function SignOutPage() {
  const { say, href, person } = usePage()
  const title = say(person ? words.leaveTitle : words.outTitle)
  return (
    <Page title={title}>
      <h1>
        <Phrase text={title} />
      </h1>
      {person ? (
        <form method="post" action={href('/sign-out')}>
          <p class="lead">{say(words.as, { name: person.name })}</p>
          <div class="buttons">
            <Button>{say(words.leave)}</Button>
            <Button kind="link" href={href('/account')}>
              {say(words.stay)}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <p class="lead">{say(words.outLead)}</p>
          <p>
            <a href={href('/sign-in')}>{say(words.again)}</a>
          </p>
          <p>
            <a href={href('/')}>{say(words.home)}</a>
          </p>
        </>
      )}
    </Page>
  )
}
