import { type Static, Type } from 'typebox'
import { Button, Moment, NotificationBanner, texts, usePage } from '#platform'

const words = texts({
  waits: { en: 'This must wait, as a recovery code was used', 'zh-Hant': '曾使用復原碼，此項須等候' },
  why: {
    en: 'Somebody else could have found the code. So for a day what was there before stays as it is: passkeys, recovery codes, other sign-ins, linked platforms, how you are told of messages, and the account itself. Nothing is signed, and nobody is given a role or a mandate. A passkey from before can stop it all.',
    'zh-Hant':
      '復原碼可能已落入他人手中。因此一天內，原有的通行密鑰、復原碼、其他登入、已連結的平台、通知方式和帳戶均維持不變，亦不能簽署文件、委派職務或授權他人。原有的通行密鑰可隨時制止。',
  },
  from: {
    en: 'You can do it from {until} on: sign in then with the passkey that you added.',
    'zh-Hant': '由 {until} 起，以新加入的通行密鑰登入，即可進行。',
  },
  addFirst: {
    en: 'Add a passkey now. A day later you can do it, signed in with that passkey.',
    'zh-Hant': '請現在加入通行密鑰。一天後以該密鑰登入，即可進行。',
  },
  older: {
    en: 'With a passkey that you had before you can do it at once: sign in with that one.',
    'zh-Hant': '如仍持有原有的通行密鑰，以其登入即可立即進行。',
  },
  add: { en: 'Add a passkey', 'zh-Hant': '加入通行密鑰' },
  used: { en: 'A recovery code was used to get into this account', 'zh-Hant': '有人以復原碼進入此帳戶' },
  usedAt: { en: 'It was used on {at}.', 'zh-Hant': '使用時間：{at}。' },
  stopLead: {
    en: 'If it was you, there is nothing to do. If not, stop it: passkeys added since are removed, platforms linked since are unlinked, services agreed to since are told nothing more, every other browser is signed out, and you get new codes in place of the old.',
    'zh-Hant':
      '如屬你本人，無須處理。如非你本人，請予制止：其後加入的通行密鑰會被移除，其後連結的平台會解除連結，其後對服務的同意會撤回，其他瀏覽器全部登出，並會發出新的復原碼取代舊碼。',
  },
  stop: { en: 'It was not me: stop it', 'zh-Hant': '並非本人，立即制止' },
})

/** Until when a session must wait; null where a passkey must be added first. */
export type Waits = Static<typeof Waits>
export const Waits = Type.Union([Type.Object({ until: Type.Union([Type.String(), Type.Null()]) }), Type.Null()])

/** A sentence with the moment where `name` stands. */
function At({ text, at }: { text: string; at: string }) {
  const [before, after] = text.split('\n')
  return (
    <p>
      {before}
      <Moment at={at} />
      {after}
    </p>
  )
}

/** In the place of a form: why it must wait, until when, and what to do. */
export function WaitNotice({ waits: { until } }: { waits: NonNullable<Waits> }) {
  const { say, href } = usePage()
  return (
    <NotificationBanner title={say(words.waits)} tone="warn" id="waits">
      <p>{say(words.why)}</p>
      {until === null ? (
        <p>
          {say(words.addFirst)} <a href={href('/account/devices/add')}>{say(words.add)}</a>
        </p>
      ) : (
        <At text={say(words.from, { until: '\n' })} at={until} />
      )}
      <p>{say(words.older)}</p>
    </NotificationBanner>
  )
}

/** For whoever is signed in by a passkey from before, while a recovery is under way. */
export function StopBanner({ at }: { at: string }) {
  const { say, href } = usePage()
  return (
    <NotificationBanner title={say(words.used)} tone="warn" id="recovery">
      <At text={say(words.usedAt, { at: '\n' })} at={at} />
      <p>{say(words.stopLead)}</p>
      <form method="post" action={href('/account/devices/stop')}>
        <Button kind="harm">{say(words.stop)}</Button>
      </form>
    </NotificationBanner>
  )
}
