import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  pageNames,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { Done } from '../done.tsx'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { withNext } from '../sign-in/next.ts'
import { StopBanner, WaitNotice, Waits } from './protection.page.tsx'

const words = texts({
  title: { en: 'Passkeys and recovery codes', 'zh-Hant': '通行密鑰及復原碼' },
  passkeys: { en: 'Your passkeys', 'zh-Hant': '你的通行密鑰' },
  none: {
    en: 'None. Add one, so that you need no recovery code the next time.',
    'zh-Hant': '沒有通行密鑰。加入一把，下次登入便無須使用復原碼。',
  },
  added: { en: 'Added', 'zh-Hant': '加入時間' },
  used: { en: 'Last used', 'zh-Hant': '上次使用' },
  never: { en: 'Not used since', 'zh-Hant': '其後尚未使用' },
  synced: { en: 'Its maker copies it to your other devices.', 'zh-Hant': '由供應商同步至你的其他裝置。' },
  locked: {
    en: 'Locked: there seems to be a copy of it. Remove it, and add another.',
    'zh-Hant': '已鎖上：疑被複製。請移除，再加入另一把。',
  },
  fresh: {
    en: 'New: it was added after a recovery code. Until {at} it does nothing that is high-risk, removes no older passkey, makes no codes and does not close the account.',
    'zh-Hant': '新加入：在使用復原碼後加入，至 {at} 前不可用於高風險事項、移除原有通行密鑰、建立復原碼或關閉帳戶。',
  },
  change: { en: 'Rename or remove', 'zh-Hant': '改名或移除' },
  add: { en: 'Add a passkey', 'zh-Hant': '加入通行密鑰' },
  codes: { en: 'Recovery codes', 'zh-Hant': '復原碼' },
  left: { en: 'You have {n} left of your ten.', 'zh-Hant': '十個復原碼尚餘 {n} 個。' },
  noCodes: {
    en: 'You have none. Without one, the loss of your devices would be the loss of this account.',
    'zh-Hant': '你沒有復原碼。如日後丟失所有裝置，便無法再登入此帳戶。',
  },
  opened: {
    en: 'Its recovery codes are shown only once. If you did not keep them, make new ones here.',
    'zh-Hant': '復原碼只顯示一次。如未保存，請在本頁建立新的復原碼。',
  },
  onwards: { en: 'Go on to where you were going', 'zh-Hant': '繼續前往原來的頁面' },
  make: { en: 'Make new codes', 'zh-Hant': '建立新的復原碼' },
  makeLead: {
    en: 'You get ten new codes. Those that you have now stop working at once.',
    'zh-Hant': '你會獲發十個新復原碼；現有的復原碼即時失效。',
  },
  makeFirst: { en: 'You get ten codes.', 'zh-Hant': '你會獲發十個復原碼。' },
  addLead: {
    en: 'A second passkey, on another device or a security key, is the simplest way back in if one breaks.',
    'zh-Hant': '在另一部裝置或安全密鑰上多存一把通行密鑰，萬一其中一部損壞，便可輕易登入。',
  },
  cool: {
    en: 'As you signed in with a recovery code, this passkey counts as new for a day: until then it does nothing that is high-risk, removes no older passkey, makes no codes and does not close the account. That gives you time, should somebody else have used your code.',
    'zh-Hant':
      '由於你以復原碼登入，這把通行密鑰在一天內視作新加入，期間不可用於高風險事項、移除原有通行密鑰、建立復原碼或關閉帳戶。萬一是他人使用你的復原碼，你仍有時間處理。',
  },
  name: { en: 'Name of this passkey', 'zh-Hant': '通行密鑰名稱' },
  nameHint: { en: 'As “my phone” or “key in the drawer”.', 'zh-Hant': '例如「我的手機」或「抽屜內的密鑰」。' },
  nameMissing: { en: 'Write a name of up to {most} characters.', 'zh-Hant': '請填寫名稱，最多 {most} 個字。' },
  rename: { en: 'Save the name', 'zh-Hant': '儲存名稱' },
  removeTitle: { en: 'Remove this passkey', 'zh-Hant': '移除這把通行密鑰' },
  removeLead: {
    en: 'It signs you in no longer, and browsers that it signed in are signed out. Delete it on the device as well.',
    'zh-Hant': '移除後不能再用它登入，曾以它登入的瀏覽器亦會登出。請同時在裝置上刪除。',
  },
  remove: { en: 'Remove', 'zh-Hant': '移除' },
  recovered: { en: 'You signed in with a recovery code', 'zh-Hant': '你以復原碼登入' },
  recoveredLine: {
    en: 'Add a new passkey now. From a day later on it also removes those that you no longer have, and makes new codes.',
    'zh-Hant': '請立即加入新的通行密鑰。一天後便可用它移除已不在手的密鑰和建立新的復原碼。',
  },
  waitsLine: {
    en: 'From {at} on, the passkey that you added also removes those that you no longer have, and makes new codes.',
    'zh-Hant': '由 {at} 起，可用新加入的通行密鑰移除已不在手的密鑰和建立新的復原碼。',
  },
})

export const passkeyNameMax = 60

const Item = Type.Object({
  handle: Type.String(),
  name: Type.String(),
  synced: Type.Boolean(),
  createdAt: Type.String(),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
  locked: Type.Boolean(),
  /** Until when it is too new for what is high-risk. */
  newUntil: Type.Union([Type.String(), Type.Null()]),
})

export type Devices = Static<typeof Devices>
export const Devices = Type.Object({
  passkeys: Type.Array(Item),
  codesLeft: Type.Integer(),
  recovered: Type.Boolean(),
  waits: Waits,
  /** When a recovery code was used that whoever reads this can still stop. */
  recovery: Type.Union([Type.String(), Type.Null()]),
  /** Where the person was going. */
  next: Type.Union([Type.String(), Type.Null()]),
})

const path = '/account/devices'
const crumbs = (say: (text: Text) => string, deeper: boolean) => [
  { path: '/account', text: say(pageNames.account) },
  ...(deeper ? [{ path, text: say(words.title) }] : []),
]

/** For whoever came in by a recovery code: what to do next. */
export function RecoveredBanner({ waits }: { waits: Waits }) {
  const { say, href } = usePage()
  const [before, after] = say(words.waitsLine, { at: '\n' }).split('\n')
  if (waits?.until)
    return (
      <NotificationBanner title={say(words.recovered)} tone="warn">
        <p>
          {before}
          <Moment at={waits.until} />
          {after}
        </p>
      </NotificationBanner>
    )
  return (
    <NotificationBanner title={say(words.recovered)} tone="warn">
      <p>{say(words.recoveredLine)}</p>
      <p>
        <a href={href(`${path}/add`)}>{say(words.add)}</a>
      </p>
    </NotificationBanner>
  )
}

export function DevicesPage({ passkeys, codesLeft, recovered, waits, recovery, next }: Devices) {
  const { say, href } = usePage()
  const codes = withNext(`${path}/codes`, next ?? undefined)
  return (
    <Page title={say(words.title)} breadcrumbs={crumbs(say, false)}>
      <Done of={['passkey-added', 'passkey-renamed', 'passkey-removed']} />
      <Done of={['account-opened']}>
        <p>{say(words.opened)}</p>
        {next && (
          <p>
            <a href={href(next)}>{say(words.onwards)}</a>
          </p>
        )}
      </Done>
      {recovered && <RecoveredBanner waits={waits} />}
      {recovery && <StopBanner at={recovery} />}
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <h2>{say(words.passkeys)}</h2>
      {passkeys.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <ul class="devices">
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.handle} {...passkey} />
          ))}
        </ul>
      )}
      <Button href={href(`${path}/add`)}>{say(words.add)}</Button>
      <h2>{say(words.codes)}</h2>
      <p>{codesLeft === 0 ? say(words.noCodes) : say(words.left, { n: codesLeft })}</p>
      <Button href={href(codes)} kind="second">
        {say(words.make)}
      </Button>
    </Page>
  )
}

function PasskeyLine({ handle, name, synced, createdAt, lastUsedAt, locked, newUntil }: Static<typeof Item>) {
  const { say, href } = usePage()
  const [before, after] = say(words.fresh, { at: '\n' }).split('\n')
  return (
    <li>
      <h3>{name}</h3>
      <p class="devices__times">
        {say(words.added)} <Moment at={createdAt} />
        {' · '}
        {lastUsedAt ? (
          <>
            {say(words.used)} <Moment at={lastUsedAt} />
          </>
        ) : (
          say(words.never)
        )}
      </p>
      {locked && <p class="devices__warning">{say(words.locked)}</p>}
      {newUntil && (
        <p class="devices__warning">
          {before}
          <Moment at={newUntil} />
          {after}
        </p>
      )}
      {synced && <p>{say(words.synced)}</p>}
      <a href={href(`${path}/${handle}`)}>
        {say(words.change)}
        <span class="visually-hidden"> {name}</span>
      </a>
    </li>
  )
}

export type AddPasskey = Static<typeof AddPasskey>
export const AddPasskey = Type.Object({
  passkey: PasskeyAsked,
  recovered: Type.Boolean(),
  refusal: Type.Union([Text, Type.Null()]),
})

export function AddPasskeyPage({ passkey, recovered, refusal }: AddPasskey) {
  const { say } = usePage()
  return (
    <Page title={say(words.add)} error={refusal !== null} breadcrumbs={crumbs(say, true)} scripts={['passkeys']}>
      <ErrorSummary errors={refusal ? [{ field: 'add', text: say(refusal) }] : []} />
      <h1>
        <Phrase text={say(words.add)} />
      </h1>
      <p class="lead">{say(words.addLead)}</p>
      {recovered && <p>{say(words.cool)}</p>}
      <div id="add">
        <PasskeyForm action={`${path}/add`} asked={passkey} label={say(words.add)} />
      </div>
    </Page>
  )
}

export type ChangePasskey = Static<typeof ChangePasskey>
export const ChangePasskey = Type.Object({
  handle: Type.String(),
  name: Type.String(),
  waits: Waits,
  mistake: Type.Boolean(),
  refusal: Type.Union([Text, Type.Null()]),
})

export function ChangePasskeyPage({ handle, name, waits, mistake, refusal }: ChangePasskey) {
  const { say, href } = usePage()
  const error = mistake ? say(words.nameMissing, { most: passkeyNameMax }) : undefined
  const errors = [
    ...(error ? [{ field: 'name', text: error }] : []),
    ...(refusal ? [{ field: 'remove', text: say(refusal) }] : []),
  ]
  return (
    <Page title={say(words.change)} error={errors.length > 0} breadcrumbs={crumbs(say, true)}>
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={say(words.change)} />
      </h1>
      <form method="post" action={href(`${path}/${handle}`)}>
        <TextField
          name="name"
          label={say(words.name)}
          hint={say(words.nameHint)}
          value={name}
          width={20}
          autocomplete="off"
          {...(error && { error })}
        />
        <Button kind="second">{say(words.rename)}</Button>
      </form>
      <h2>{say(words.removeTitle)}</h2>
      <p>{say(words.removeLead)}</p>
      <div id="remove">
        {waits ? (
          <WaitNotice waits={waits} />
        ) : (
          <form method="post" action={href(`${path}/${handle}/remove`)}>
            <Button kind="harm">{say(words.remove)}</Button>
          </form>
        )}
      </div>
    </Page>
  )
}

export const MakeCodes = Type.Object({
  codesLeft: Type.Integer(),
  waits: Waits,
  next: Type.Union([Type.String(), Type.Null()]),
})

export function MakeCodesPage({ codesLeft, waits, next }: Static<typeof MakeCodes>) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.make)} breadcrumbs={crumbs(say, true)}>
      <h1>
        <Phrase text={say(words.make)} />
      </h1>
      <p class="lead">{say(codesLeft > 0 ? words.makeLead : words.makeFirst)}</p>
      <p>{codesLeft === 0 ? say(words.noCodes) : say(words.left, { n: codesLeft })}</p>
      {waits ? (
        <WaitNotice waits={waits} />
      ) : (
        <form method="post" action={href(withNext(`${path}/codes`, next ?? undefined))}>
          <Button>{say(words.make)}</Button>
        </form>
      )}
    </Page>
  )
}
