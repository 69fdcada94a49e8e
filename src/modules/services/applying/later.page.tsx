import { Button, Details, Moment, texts, usePage } from '#platform'
import { ApplicationFrame, Heading } from './frame.tsx'
import type { ApplicationNote, LaterData } from './types.ts'

const own = texts({
  title: { en: 'Your application is kept', 'zh-Hant': '已儲存你的申請' },
  account: {
    en: 'It is in your account. Sign in on any device and go on from the page of the service or from your account.',
    'zh-Hant': '申請已存於你的帳戶。你可在任何裝置登入，由服務頁面或你的帳戶繼續填寫。',
  },
  browser: {
    en: 'It is kept for this browser. Open the page of the service here again to go on. To go on from another device, put it into your account or make a code.',
    'zh-Hant': '申請為這個瀏覽器保存，在此再次開啟服務頁面便可繼續。如要在其他裝置繼續，可存入帳戶，或產生代碼。',
  },
  code: { en: 'Make a code to come back', 'zh-Hant': '產生重返代碼' },
  keep: { en: 'Put it into my account', 'zh-Hant': '存入我的帳戶' },
  signIn: { en: 'Sign in to put it into your account', 'zh-Hant': '登入並存入帳戶' },
  until: { en: 'If you type nothing more, it is deleted on', 'zh-Hant': '如沒有再填寫，將於以下日期刪除：' },
  on: { en: 'Go on now', 'zh-Hant': '繼續填寫' },
  home: { en: 'To the home page', 'zh-Hant': '返回主頁' },
  delete: { en: 'Delete this application', 'zh-Hant': '刪除這宗申請' },
  deleted: {
    en: 'Everything that you typed is then gone, and nobody can bring it back.',
    'zh-Hant': '你輸入的全部內容會被刪除，無法找回。',
  },
  confirm: { en: 'Delete it for good', 'zh-Hant': '永久刪除' },
})

/** Deleting a draft, behind one more click. */
export function DeleteDraft({ application }: { application: ApplicationNote }) {
  const { say, href } = usePage()
  return (
    <Details summary={say(own.delete)}>
      <p>{say(own.deleted)}</p>
      <form method="post" action={href(`${application.path}/delete`)}>
        <Button kind="harm">{say(own.confirm)}</Button>
      </form>
    </Details>
  )
}

/** What happens to an application that one leaves for later. */
export function LaterPage({ application }: LaterData) {
  const { say, href } = usePage()
  return (
    <ApplicationFrame application={application} title={say(own.title)}>
      <Heading text={say(own.title)} />
      <p>{say(application.inAccount ? own.account : own.browser)}</p>
      <p>
        {say(own.until)} <Moment at={application.keptUntil.slice(0, 10)} />
      </p>
      <div class="buttons">
        <Button href={href(application.path)}>{say(own.on)}</Button>
        <Button kind="link" href={href('/')}>
          {say(own.home)}
        </Button>
      </div>
      {!application.inAccount && <WaysBack application={application} />}
      <DeleteDraft application={application} />
    </ApplicationFrame>
  )
}

/** For what is kept for a browser alone: a code, or one’s account. */
function WaysBack({ application }: { application: Pick<ApplicationNote, 'path'> }) {
  const { say, href, person } = usePage()
  const next = encodeURIComponent(href(`${application.path}/later`))
  return (
    <div class="buttons">
      <form method="post" action={href(`${application.path}/return`)}>
        <Button kind="second">{say(own.code)}</Button>
      </form>
      {person ? (
        <form method="post" action={href(`${application.path}/keep`)}>
          <Button kind="second">{say(own.keep)}</Button>
        </form>
      ) : (
        <Button kind="link" href={`/sign-in?next=${next}`}>
          {say(own.signIn)}
        </Button>
      )}
    </div>
  )
}
