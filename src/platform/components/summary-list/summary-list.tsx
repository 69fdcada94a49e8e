import type { ComponentChildren } from 'preact'
import { usePage } from '../../page.tsx'

export type SummaryRow = { key: string; value: ComponentChildren; action?: { path: string; text: string } }

/** What is known of one thing, or what a person is about to send. The action's link says on what it acts. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const { href } = usePage()
  return (
    <dl class="summary-list">
      {rows.map(({ key, value, action }) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{value}</dd>
          {action && (
            <dd>
              <a href={href(action.path)}>
                {action.text}
                <span class="visually-hidden"> {key}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
