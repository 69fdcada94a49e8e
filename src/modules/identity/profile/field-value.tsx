import { Moment, type Text, texts, usePage, writeMoment } from '#platform'
import type { FieldKind } from './fields.rules.ts'

const words = texts({
  verified: { en: 'Verified by {by} on {at}', 'zh-Hant': '由{by}於 {at}核實' },
  declared: { en: 'As you wrote it; nobody verified it', 'zh-Hant': '由你填寫，未經核實' },
  empty: { en: 'Not filled in', 'zh-Hant': '未填寫' },
})

type Shown = { kind: FieldKind; value: string | null; shown: Text | null }

/** What a field says, as it will be read. */
export function FieldValue({ kind, value, shown }: Shown) {
  const { say } = usePage()
  if (value === null) return <>{say(words.empty)}</>
  if (shown) return <>{say(shown)}</>
  if (kind === 'date') return <Moment at={value} />
  if (kind !== 'address') return <>{value}</>
  return (
    <>
      {value.split('\n').map((line, at) => (
        <span key={at}>
          {at > 0 && <br />}
          {line}
        </span>
      ))}
    </>
  )
}

/** The same on one line, where only text can stand. */
export function writeField({ kind, value, shown }: Shown, page: ReturnType<typeof usePage>): string {
  if (value === null) return page.say(words.empty)
  if (shown) return page.say(shown)
  if (kind === 'date') return writeMoment(value, page)
  return value.replaceAll('\n', page.language === 'en' ? ', ' : '，')
}

/** By whom it was verified and when, or that nobody did. */
export function writeSource(verification: { by: Text; at: string } | null, page: ReturnType<typeof usePage>): string {
  if (!verification) return page.say(words.declared)
  const at = writeMoment(verification.at.slice(0, 10), page)
  return page.say(words.verified, { by: verification.by, at })
}
