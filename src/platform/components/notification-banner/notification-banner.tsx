import type { ComponentChildren } from 'preact'

type BannerProps = { title: string; tone?: 'good' | 'warn'; id?: string; children?: ComponentChildren }

/** What just happened (`good`), what to know before acting (`warn`), or news. After an act, it is read out. */
export function NotificationBanner({ title, tone, id = 'banner', children }: BannerProps) {
  return (
    <section
      class={tone ? `banner banner--${tone}` : 'banner'}
      aria-labelledby={`${id}-title`}
      role={tone === 'good' ? 'status' : undefined}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}
