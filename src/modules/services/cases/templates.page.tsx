import { Page, Phrase, pageNames, Table, texts, usePage } from '#platform'
import type { SmsParts } from './sms.rules.ts'
import type { TemplatesData } from './templates.routes.ts'

export const words = texts({
  title: { en: 'Messages of our services', 'zh-Hant': '本部門服務的訊息' },
  lead: {
    en: 'What people are told, filled with samples. Beside each stands how many parts it takes by SMS: every part is paid for.',
    'zh-Hant': '市民收到的訊息，以樣本資料填寫。旁邊列出以短訊發送時的條數，費用按條計算。',
  },
  none: {
    en: 'No service of your department takes applications yet. Its messages appear here once one is published.',
    'zh-Hant': '本部門暫時未有接受申請的服務。發布後，其訊息會在此列出。',
  },
  services: { en: 'Services', 'zh-Hant': '服務' },
  sentIn: { en: 'Sent when a case comes to this state', 'zh-Hant': '個案進入這個狀況時發出' },
  sentNever: { en: 'No step sends it', 'zh-Hant': '沒有步驟發出這則訊息' },
  language: { en: 'Language', 'zh-Hant': '語文' },
  inbox: { en: 'In the inbox', 'zh-Hant': '收件箱' },
  sms: { en: 'For a phone', 'zh-Hant': '短訊' },
  size: { en: 'By SMS', 'zh-Hant': '短訊長度' },
  parts: {
    en: '{parts} parts, {characters} characters, {encoding}',
    'zh-Hant': '{parts} 條，{characters} 字元，{encoding}',
  },
  onePart: { en: '1 part, {characters} characters, {encoding}', 'zh-Hant': '1 條，{characters} 字元，{encoding}' },
})

const path = '/office/services/messages'

/** Every message of a service, beside each other in all languages. */
export function TemplatesPage({ services, service, messages }: TemplatesData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} wide breadcrumbs={[{ text: say(pageNames.account), path: '/account' }]}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {services.length === 0 && <p class="empty">{say(words.none)}</p>}
      {services.length > 1 && (
        <nav class="filter" aria-label={say(words.services)}>
          <ul>
            {services.map(({ id, title }) => (
              <li key={id}>
                <a href={href(`${path}?service=${id}`)} aria-current={id === service?.id ? 'true' : undefined}>
                  {say(title)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {service && <h2>{say(service.title)}</h2>}
      {messages.map((message) => (
        <Message key={message.id} {...message} />
      ))}
    </Page>
  )
}

function Message({ id, states, shown }: TemplatesData['messages'][number]) {
  const { say, government } = usePage()
  const named = states.map((each) => say(each)).join(' · ')
  const nameOf = (language: string) => government.languages.find((each) => each.language === language)?.name ?? language
  return (
    <section>
      <h3>{named || id}</h3>
      <p class="muted">
        {say(states.length > 0 ? words.sentIn : words.sentNever)} · <code>{id}</code>
      </p>
      <Table
        caption={id}
        captionHidden
        narrow="stack"
        columns={[words.language, words.inbox, words.size].map((text) => ({ label: say(text) }))}
        rows={shown.flatMap(({ language, subject, text, inbox, sms }) => [
          {
            cells: [
              nameOf(language),
              <div key="text" lang={language}>
                <strong>{subject}</strong>
                {text.split(/\n\s*\n/).map((each) => (
                  <p key={each}>{each}</p>
                ))}
              </div>,
              <Parts key="size" {...inbox} />,
            ],
          },
          ...(sms
            ? [
                {
                  cells: [
                    `${nameOf(language)} – ${say(words.sms)}`,
                    <span key="text" lang={language}>
                      {sms.text}
                    </span>,
                    <Parts key="size" {...sms.size} />,
                  ],
                },
              ]
            : []),
        ])}
      />
    </section>
  )
}

function Parts({ encoding, characters, parts }: SmsParts) {
  const { say } = usePage()
  return <>{say(parts === 1 ? words.onePart : words.parts, { encoding, characters, parts })}</>
}
