import type { ComponentChildren } from 'preact'

type DetailsProps = { summary: string; id?: string; open?: boolean; children: ComponentChildren }

/** With an `id`, a section that the reader opened stays open when they come back. */
export const Details = ({ summary, id, open, children }: DetailsProps) => (
  <details class="details" id={id} open={open} data-module={id && 'details'}>
    <summary>
      <span>{summary}</span>
    </summary>
    <div>{children}</div>
  </details>
)
