import { type Static, Type } from 'typebox'
import { Button, Moment, Page, Phrase, pageNames, type Text, texts, usePage } from '#platform'
import { Done } from '../done.tsx'
import { WaitNotice, Waits } from './protection.page.tsx'

const words = texts({
  title: { en: 'Where you are signed in', 'zh-Hant': '登入中的瀏覽器' },
  lead: {
    en: 'Each line is a browser. If you do not know one, sign it out, and look at your passkeys.',
    'zh-Hant': '每項代表一個瀏覽器。如有不認識的，請將其登出，並檢查你的通行密鑰。',
  },
  here: { en: 'This browser', 'zh-Hant': '此瀏覽器' },
  since: { en: 'Signed in', 'zh-Hant': '登入時間' },
  by: { en: 'with', 'zh-Hant': '方法' },
  end: { en: 'Sign out', 'zh-Hant': '登出' },
  others: { en: 'Sign out everywhere else', 'zh-Hant': '登出所有其他瀏覽器' },
  alone: { en: 'You are signed in nowhere else.', 'zh-Hant': '你沒有在其他地方登入。' },
  passkeys: { en: 'See your passkeys', 'zh-Hant': '查看通行密鑰' },
})

const ways: Readonly<Record<'passkey' | 'code' | 'phone' | 'made-up' | 'other', Text>> = texts({
  passkey: { en: 'a passkey', 'zh-Hant': '通行密鑰' },
  code: { en: 'a recovery code', 'zh-Hant': '復原碼' },
  phone: { en: 'your phone', 'zh-Hant': '手機' },
  'made-up': { en: 'the demonstration', 'zh-Hant': '示範系統' },
  other: { en: 'another platform', 'zh-Hant': '其他平台' },
})

export type Sessions = Static<typeof Sessions>
export const Sessions = Type.Object({
  sessions: Type.Array(
    Type.Object({
      handle: Type.String(),
      device: Type.String(),
      way: Type.Enum(['passkey', 'code', 'phone', 'made-up', 'other']),
      createdAt: Type.String(),
      here: Type.Boolean(),
      /** As it was there before, and this session is new after a recovery. */
      kept: Type.Boolean(),
    }),
  ),
  waits: Waits,
})

export function SessionsPage({ sessions, waits }: Sessions) {
  const { say, href } = usePage()
  const others = sessions.filter(({ here }) => !here)
  const endable = others.some(({ kept }) => !kept)
  return (
    <Page title={say(words.title)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <Done of={['session-ended', 'other-sessions-ended']} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {waits && <WaitNotice waits={waits} />}
      <ul class="devices">
        {sessions.map(({ handle, device, way, createdAt, here, kept }) => (
          <li key={handle}>
            <h2>{here ? `${device} · ${say(words.here)}` : device}</h2>
            <p class="devices__times">
              {say(words.since)} <Moment at={createdAt} /> · {say(words.by)} {say(ways[way])}
            </p>
            {!here && !kept && (
              <form method="post" action={href('/account/sessions/end')}>
                <button class="button button--second" type="submit" name="handle" value={handle}>
                  {say(words.end)}
                  <span class="visually-hidden"> {device}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {others.length === 0 && <p>{say(words.alone)}</p>}
      {endable && (
        <form method="post" action={href('/account/sessions/end-others')}>
          <Button kind="harm">{say(words.others)}</Button>
        </form>
      )}
      <p class="after-form">
        <a href={href('/account/devices')}>{say(words.passkeys)}</a>
      </p>
    </Page>
  )
}
