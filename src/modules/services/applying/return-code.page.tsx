import { Button, Page, Phrase, texts, usePage } from '#platform'
import { ToKeep } from './frame.tsx'
import type { ReturnCodeData } from './types.ts'

const own = texts({
  title: { en: 'Your code to come back', 'zh-Hant': '你的重返代碼' },
  number: { en: 'Number', 'zh-Hant': '編號' },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  once: {
    en: 'The code is shown this once. Write both down, or print this page. The code counts once: when you have come back by it, make a new one.',
    'zh-Hant': '代碼只顯示這一次。請把兩者抄下，或列印本頁。代碼只可用一次；重返後請另行產生。',
  },
  where: { en: 'Open this address on any device:', 'zh-Hant': '在任何裝置開啟以下網址：' },
  on: { en: 'Go on now', 'zh-Hant': '繼續填寫' },
})

/** Number and code by which somebody without an account comes back. */
export function ReturnCodePage({ service, number, code, address, back }: ReturnCodeData) {
  const { say, href } = usePage()
  return (
    <Page title={`${say(own.title)} – ${say(service.title)}`}>
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <ToKeep
        title={say(own.number)}
        value={number}
        also={{ title: say(own.code), value: code }}
        line={say(own.once)}
      />
      <p>
        {say(own.where)}
        <br />
        <strong>{address}</strong>
      </p>
      <Button kind="second" href={href(back)}>
        {say(own.on)}
      </Button>
    </Page>
  )
}
