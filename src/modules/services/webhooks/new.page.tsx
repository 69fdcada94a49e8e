import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Page,
  Phrase,
  TextField,
  texts,
  usePage,
} from '#platform'
import { webhookPath, webhooksPath } from './ours.ts'
import { addressMax, kinds, type NewData, type SecretData } from './types.ts'
import { kindNames, shared } from './words.ts'

const words = texts({
  lead: {
    en: 'A system of your department is told what happens to cases, as soon as it happens. It reads of which case, and asks here for the rest.',
    'zh-Hant': '個案一有進展，系統即通知部門的另一系統。通知只列出個案編號，其餘資料須由該系統另行查閱。',
  },
  addressHint: {
    en: 'Where that system takes messages, as https://cases.department.example/praya.',
    'zh-Hant': '該系統接收通知的網址，例如 https://cases.department.example/praya。',
  },
  none: {
    en: 'Your department has no service with cases yet. Publish one first.',
    'zh-Hant': '部門暫未有處理個案的服務。請先發布服務。',
  },
  add: { en: 'Add and show the secret', 'zh-Hant': '新增並顯示密鑰' },
  secretTitle: { en: 'Keep this secret now', 'zh-Hant': '請即保存密鑰' },
  secretMore: {
    en: 'It is shown this once. Put it where the system at {address} keeps its secrets: it checks by it that a message comes from here and was not changed.',
    'zh-Hant': '密鑰只顯示這一次。請存放於 {address} 的系統保管機密的地方，用以核實通知由本系統發出、未被更改。',
  },
  overlap: {
    en: 'For one day messages are signed by the secret before as well, so that you can change over without losing any.',
    'zh-Hant': '更換後一天內，通知同時以舊密鑰簽署，以便轉換而不遺漏。',
  },
  on: { en: 'I have kept it', 'zh-Hant': '我已保存' },
})

const crumbs = (say: (text: (typeof shared)['webhooks']) => string) => [
  { text: say(shared.webhooks), path: webhooksPath },
]

export function NewWebhookPage({ token, address, kinds: chosen, services, offered, wrong }: NewData) {
  const { say, href } = usePage()
  const of = (field: string) => {
    const found = wrong.find((each) => each.field === field)
    return found && say(found.text)
  }
  return (
    <Page title={say(shared.add)} breadcrumbs={crumbs(say)}>
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={say(shared.add)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {offered.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <form method="post" action={href(webhooksPath)} novalidate>
          <input type="hidden" name="token" value={token} />
          <TextField
            name="address"
            label={say(shared.address)}
            hint={say(words.addressHint)}
            error={of('address')}
            value={address}
            type="url"
            maxLength={addressMax}
            autocomplete="off"
          />
          <Checkboxes
            name="services"
            label={say(shared.services)}
            error={of('services')}
            values={services}
            options={offered.map(({ id, title }) => ({ value: id, label: say(title) }))}
          />
          <Checkboxes
            name="kinds"
            label={say(shared.events)}
            error={of('kinds')}
            values={chosen}
            options={kinds.map((kind) => ({ value: kind, label: say(kindNames[kind]), hint: kind }))}
          />
          <Button>{say(words.add)}</Button>
        </form>
      )}
    </Page>
  )
}

/** The only page that shows a secret, as the answer to the act that made it. */
export function SecretPage({ id, address, secret, previousUntilAt }: SecretData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.secretTitle)} breadcrumbs={crumbs(say)}>
      <h1>
        <Phrase text={say(words.secretTitle)} />
      </h1>
      <NotificationBanner title={say(words.secretTitle)} tone="warn" id="secret">
        <p>
          <code>{secret}</code>
        </p>
        <p>{say(words.secretMore, { address })}</p>
      </NotificationBanner>
      {previousUntilAt && <p>{say(words.overlap)}</p>}
      <p>
        <a href={href(webhookPath(id))}>{say(words.on)}</a>
      </p>
    </Page>
  )
}
