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
    en: 'It is kept for this browser alone. Open the page of the service here again to go on.',
    'zh-Hant': '申請只供這個瀏覽器使用。請在此再次開啟服務頁面，繼續填寫。',
  },
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
      <DeleteDraft application={application} />
    </ApplicationFrame>
  )
}
