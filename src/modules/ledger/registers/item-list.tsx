import { Moment, Table, Tag, texts, usePage } from '#platform'
import { StandingMark } from './approvals.tsx'
import { capital } from './item.page.tsx'
import type { ItemLine } from './types.ts'

export const words = texts({
  item: { en: 'Item', 'zh-Hant': '登記項' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  waits: { en: 'Waits for you', 'zh-Hant': '等候你處理' },
  changed: { en: 'Last entry', 'zh-Hant': '最後登錄' },
  until: { en: 'until', 'zh-Hant': '期限' },
  more: {
    en: 'More may wait than is shown. What changed last stands first.',
    'zh-Hant': '可能尚有其他未顯示的事項。最近變動的在前。',
  },
  colleague: { en: 'you approved; a colleague must, too', 'zh-Hant': '你已批准，尚待一名同事批准' },
})

/** Items as a list: what each is, how it stands, and what of it waits for the reader. */
export function ItemList({ caption, items, mixed }: { caption: string; items: readonly ItemLine[]; mixed?: boolean }) {
  const { say } = usePage()
  return (
    <Table
      caption={caption}
      captionHidden
      narrow="stack"
      columns={[words.item, words.state, words.waits, words.changed].map((text) => ({ label: say(text) }))}
      rows={items.map((line) => ({
        cells: [
          <Name key="name" line={line} mixed={mixed ?? false} />,
          <StandingMark key="state" standing={line.standing} />,
          line.waiting.length > 0 && <Waits key="waits" waiting={line.waiting} />,
          <Moment key="at" at={line.changedAt} />,
        ],
      }))}
    />
  )
}

function Name({ line: { register, number, path, name }, mixed }: { line: ItemLine; mixed: boolean }) {
  const { say, href } = usePage()
  return (
    <>
      <a href={href(`${path}/steps`)}>{name ?? `${capital(say(register.item))} ${number}`}</a>
      {name && <span class="muted block">{number}</span>}
      {mixed && <span class="muted block">{say(register.title)}</span>}
    </>
  )
}

function Waits({ waiting }: { waiting: ItemLine['waiting'] }) {
  const { say } = usePage()
  return (
    <>
      {waiting.map(({ step, until, mine }, at) => (
        <div key={at}>
          <Tag {...(!mine && { tone: 'act' as const })}>{say(step)}</Tag>{' '}
          <span class="muted">
            {say(words.until)} <Moment at={until} />
          </span>
          {mine && <span class="muted block">{say(words.colleague)}</span>}
        </div>
      ))}
    </>
  )
}
