import { Mark, Page, Phrase, Tag, texts, usePage } from '#platform'
import { words as ofAlarms } from '../alarms/alarms.page.tsx'
import { words as ofCeremonies } from '../ceremonies/ceremonies.page.tsx'
import { words as ofRotations } from '../ceremonies/rotations.page.tsx'
import { words as ofHealth } from '../health/health.page.tsx'
import { words as ofNotarise } from '../notarise/form.page.tsx'
import { words as ofKeys } from '../programs/keys.page.tsx'
import { words as ofQuotas } from '../quotas/quotas.page.tsx'
import { words as ofRegisters } from '../registers/registers.page.tsx'
import { words as ofOffice } from './crumbs.ts'
import type { OfficeData } from './types.ts'

const words = texts({
  lead: {
    en: 'What you look after of the logs, for the organisation for which you act.',
    'zh-Hant': '你為所代表的機構管理的日誌事務。',
  },
  open: { en: 'open: {count}', 'zh-Hant': '未解除：{count}' },
  quiet: { en: 'No alarm is open.', 'zh-Hant': '沒有未解除的警報。' },
  acts: { en: 'Prove a line of the audit trail', 'zh-Hant': '證明審計軌跡的一行' },
})

/** `writers`: only for organisations that write to a log. */
const places = [
  { path: '/office/ledger/notarise', title: ofNotarise.title, permission: 'ledger:notarise', writers: true },
  { path: '/office/ledger/keys', title: ofKeys.title, permission: 'ledger:issue-key', writers: true },
  { path: '/office/ledger/quotas', title: ofQuotas.title, permission: 'ledger:see-office', writers: false },
  { path: '/office/ledger/health', title: ofHealth.title, permission: 'ledger:see-office', writers: false },
  { path: '/office/ledger/logs', title: ofRotations.title, permission: 'ledger:run', writers: false },
  { path: '/office/ledger/ceremonies', title: ofCeremonies.title, permission: 'ledger:see-office', writers: false },
  { path: '/office/ledger/registers', title: ofRegisters.office, permission: 'ledger:keep-register', writers: false },
  { path: '/office/ledger/acts', title: words.acts, permission: 'ledger:prove-act', writers: false },
] as const

export function OfficePage({ permissions, writes, alarms }: OfficeData) {
  const { say, href } = usePage()
  return (
    <Page title={say(ofOffice.title)}>
      <h1>
        <Phrase text={say(ofOffice.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>
        <a href={href('/office/ledger/alarms')}>{say(ofAlarms.title)}</a>{' '}
        {alarms > 0 ? (
          <Tag tone="bad">{say(words.open, { count: alarms })}</Tag>
        ) : (
          <Mark kind="holds">{say(words.quiet)}</Mark>
        )}
      </p>
      <ul>
        {places
          .filter(({ permission, writers }) => permissions.includes(permission) && (writes || !writers))
          .map(({ path, title }) => (
            <li key={path}>
              <a href={href(path)}>{say(title)}</a>
            </li>
          ))}
      </ul>
    </Page>
  )
}
