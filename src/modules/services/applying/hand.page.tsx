import { Button, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Paragraphs, ToKeep } from './frame.tsx'
import type { HandData } from './types.ts'

const own = texts({
  title: { en: 'The code for: {party}', 'zh-Hant': '交給{party}的代碼' },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  once: {
    en: 'It is shown this once, and counts once. Print this page or send it to nobody but the one it is for.',
    'zh-Hant': '代碼只顯示這一次，亦只可用一次。請列印本頁，或只交給指定的人。',
  },
  where: { en: 'They open this address and type the code:', 'zh-Hant': '對方開啟以下網址並輸入代碼：' },
  back: { en: 'Back to the parts', 'zh-Hant': '返回各部分' },
})

/** A code that is handed to somebody who answers a part of an application. */
export function HandPage({ application, title, text, code, address, back }: HandData) {
  const { say, href } = usePage()
  const heading = say(own.title, { party: title })
  return (
    <ApplicationFrame application={application} title={heading}>
      <Caption application={application} caption={null} />
      <Heading text={heading} />
      <ToKeep title={say(own.code)} value={code} line={say(own.once)} />
      <p>
        {say(own.where)}
        <br />
        <strong>{address}</strong>
      </p>
      {text && <Paragraphs text={say(text)} />}
      <Button kind="second" href={href(back)}>
        {say(own.back)}
      </Button>
    </ApplicationFrame>
  )
}
