import { Button, ErrorSummary, Moment, Page, Phrase, Table, Tag, TextField, texts, usePage } from '#platform'
import type { DesignsData } from './types.ts'
import { words as shared } from './words.ts'

const words = texts({
  lead: {
    en: 'Services of {organisation}. What you write counts once another editor has let it through.',
    'zh-Hant': '{organisation}的服務。你撰寫的版本經另一名編輯批准後才生效。',
  },
  nobody: {
    en: 'You act for no department here. Choose one at your account to see its services.',
    'zh-Hant': '你現時不代表任何部門。請在帳戶選擇部門以查看其服務。',
  },
  service: { en: 'Service', 'zh-Hant': '服務' },
  counts: { en: 'Counts now', 'zh-Hant': '現行版本' },
  version: { en: 'Version {number}', 'zh-Hant': '第 {number} 版' },
  never: { en: 'Not published yet', 'zh-Hant': '尚未發布' },
  writing: { en: 'Being written', 'zh-Hant': '撰寫中' },
  changed: { en: 'changed by {name}', 'zh-Hant': '{name}更改' },
  asked: { en: 'Waits to be published', 'zh-Hant': '等候發布' },
  packChanged: { en: 'The pack changed', 'zh-Hant': '資料包有更改' },
  nothing: { en: '–', 'zh-Hant': '–' },
  none: { en: 'Your department has no service yet.', 'zh-Hant': '部門暫未有服務。' },
  new: { en: 'A new service', 'zh-Hant': '新服務' },
  id: { en: 'Name for programs and addresses', 'zh-Hant': '程式和網址用的名稱' },
  idHint: {
    en: 'It stands in the address of the service for ever, as tide-grant.',
    'zh-Hant': '會一直用於服務的網址，例如 tide-grant。',
  },
  en: { en: 'Title in English', 'zh-Hant': '英文名稱' },
  hant: { en: 'Title in Traditional Chinese', 'zh-Hant': '繁體中文名稱' },
  begin: { en: 'Begin to write it', 'zh-Hant': '開始撰寫' },
})

/** Services of a department as they are written. */
export function DesignsPage({ organisation, services, wrong, typed }: DesignsData) {
  const { say, href } = usePage()
  const title = say(shared.designer)
  const errorOf = (field: string) => {
    const found = wrong.find((each) => each.field === field)
    return found && say(found.text)
  }
  return (
    <Page title={title} wide error={wrong.length > 0}>
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{organisation ? say(words.lead, { organisation }) : say(words.nobody)}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={title}
          captionHidden
          narrow="stack"
          columns={[words.service, words.counts, words.writing].map((text) => ({ label: say(text) }))}
          rows={services.map(({ id, title, number, publishedAt, draft, packChanged }) => ({
            cells: [
              <a key="service" href={href(`/office/services/design/${id}`)}>
                {say(title)}
              </a>,
              number === null ? (
                <span class="muted">{say(words.never)}</span>
              ) : (
                <span key="counts">
                  {say(words.version, { number })} · <Moment at={publishedAt!} />{' '}
                  {packChanged && <Tag tone="act">{say(words.packChanged)}</Tag>}
                </span>
              ),
              draft === null ? (
                say(words.nothing)
              ) : (
                <span key="draft">
                  {draft.asked && <Tag tone="act">{say(words.asked)}</Tag>} <Moment at={draft.changedAt} /> ·{' '}
                  {say(words.changed, { name: draft.changedBy })}
                </span>
              ),
            ],
          }))}
        />
      )}
      {organisation && (
        <section class="after-form">
          <h2>{say(words.new)}</h2>
          <form method="post" action={href('/office/services/design')} novalidate>
            <TextField
              name="id"
              label={say(words.id)}
              hint={say(words.idHint)}
              error={errorOf('id')}
              value={typed.id}
              width={20}
              maxLength={60}
              autocomplete="off"
            />
            <TextField
              name="en"
              label={say(words.en)}
              error={errorOf('en')}
              value={typed.en}
              maxLength={100}
              autocomplete="off"
              lang="en"
            />
            <TextField
              name="zh-Hant"
              label={say(words.hant)}
              error={errorOf('zh-Hant')}
              value={typed['zh-Hant']}
              maxLength={100}
              autocomplete="off"
              lang="zh-Hant"
            />
            <Button>{say(words.begin)}</Button>
          </form>
        </section>
      )}
    </Page>
  )
}
