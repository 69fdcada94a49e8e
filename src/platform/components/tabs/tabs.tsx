import type { ComponentChildren } from 'preact'

export type Tab = { id: string; label: string; content: ComponentChildren }

/** Sections that a script turns into tabs on screens of 640 px and more; without it, a list of contents and its sections. */
export const Tabs = ({ title, tabs }: { title: string; tabs: readonly Tab[] }) => (
  <div class="govuk-tabs" data-module="govuk-tabs">
    <h2 class="govuk-tabs__title">{title}</h2>
    <ul class="govuk-tabs__list">
      {tabs.map(({ id, label }, index) => (
        <li key={id} class={`govuk-tabs__list-item${index === 0 ? ' govuk-tabs__list-item--selected' : ''}`}>
          <a class="govuk-tabs__tab" href={`#${id}`}>
            {label}
          </a>
        </li>
      ))}
    </ul>
    {tabs.map(({ id, content }) => (
      <div key={id} class="govuk-tabs__panel" id={id}>
        {content}
      </div>
    ))}
  </div>
)
