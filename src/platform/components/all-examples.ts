import { examples as breadcrumbs } from './breadcrumbs/breadcrumbs.examples.tsx'
import { examples as chart } from './chart/chart.examples.tsx'
import { examples as address } from './copy-address/copy-address.examples.tsx'
import { examples as details } from './details/details.examples.tsx'
import { examples as document } from './document/document.examples.tsx'
import { examples as downloads } from './downloads/downloads.examples.tsx'
import { examples as equation } from './equation/equation.examples.tsx'
import { examples as errors } from './error-summary/error-summary.examples.tsx'
import type { Example } from './examples.ts'
import { examples as fields } from './fields/fields.examples.tsx'
import { examples as board } from './figure-board/figure-board.examples.tsx'
import { examples as home } from './home/home.examples.tsx'
import { examples as mark } from './mark/mark.examples.tsx'
import { examples as moment } from './moment/moment.examples.tsx'
import { examples as banner } from './notification-banner/notification-banner.examples.tsx'
import { examples as pagination } from './pagination/pagination.examples.tsx'
import { examples as progress } from './progress/progress.examples.tsx'
import { examples as provenance } from './provenance/provenance.examples.tsx'
import { examples as search } from './search/search.examples.tsx'
import { examples as summary } from './summary-list/summary-list.examples.tsx'
import { examples as table } from './table/table.examples.tsx'
import { examples as tabs } from './tabs/tabs.examples.tsx'
import { examples as tasks } from './task-list/task-list.examples.tsx'
import { examples as wordmark } from './wordmark/wordmark.examples.tsx'

/** By the name of its folder, every component but those that frame each page: header, language switch, footer. */
export const allExamples: Readonly<Record<string, readonly Example[]>> = {
  wordmark,
  home,
  'figure-board': board,
  search,
  document,
  table,
  chart,
  equation,
  provenance,
  mark,
  moment,
  breadcrumbs,
  'summary-list': summary,
  tabs,
  details,
  'notification-banner': banner,
  'error-summary': errors,
  fields,
  progress,
  'task-list': tasks,
  pagination,
  'copy-address': address,
  downloads,
}
