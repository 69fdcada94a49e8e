import { examples as back } from './back-link/back-link.examples.tsx'
import { examples as breadcrumbs } from './breadcrumbs/breadcrumbs.examples.tsx'
import { examples as chart } from './chart/chart.examples.tsx'
import { examples as details } from './details/details.examples.tsx'
import { examples as downloads } from './downloads/downloads.examples.tsx'
import { examples as errors } from './error-summary/error-summary.examples.tsx'
import type { Examples } from './examples.ts'
import { examples as fields } from './fields/fields.examples.tsx'
import { examples as board } from './figure-board/figure-board.examples.tsx'
import { examples as mark } from './mark/mark.examples.tsx'
import { examples as moment } from './moment/moment.examples.tsx'
import { examples as banner } from './notification-banner/notification-banner.examples.tsx'
import { examples as pagination } from './pagination/pagination.examples.tsx'
import { examples as progress } from './progress/progress.examples.tsx'
import { examples as search } from './search/search.examples.tsx'
import { examples as stages } from './stage-line/stage-line.examples.tsx'
import { examples as summary } from './summary-list/summary-list.examples.tsx'
import { examples as table } from './table/table.examples.tsx'
import { examples as tabs } from './tabs/tabs.examples.tsx'
import { examples as tasks } from './task-list/task-list.examples.tsx'
import { examples as warning } from './warning/warning.examples.tsx'
import { examples as wordmark } from './wordmark/wordmark.examples.tsx'

/** Every component of the platform but those that frame each page: header, language switch, footer. */
const examples: Examples = {
  wordmark,
  'figure-board': board,
  search,
  table,
  chart,
  mark,
  moment,
  'back-link': back,
  breadcrumbs,
  'summary-list': summary,
  tabs,
  details,
  'notification-banner': banner,
  warning,
  'error-summary': errors,
  fields,
  progress,
  'task-list': tasks,
  'stage-line': stages,
  pagination,
  downloads,
}

/** Of the platform, then of each module: a component's name with its examples. */
export const allExamples = (modules: readonly { examples?: Examples }[]) =>
  [{ examples }, ...modules].flatMap(({ examples = {} }) => Object.entries(examples))
