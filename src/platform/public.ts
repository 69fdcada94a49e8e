// The door of the platform: what every module may use.

export { type ActLine, listActsInNameOf, listActsOf } from './acts.sql.ts'
export { listEvents, recordAct, type TrailEvent, takeWaitingEvents } from './audit.ts'
export { openHold, type Take } from './bodies.ts'
export { type Child, ChildEnded, startChild } from './child.ts'
export { type Command, type Invocation, Refusal } from './command.ts'
export { BackLink } from './components/back-link/back-link.tsx'
export { Chart, type ChartProps, Sparkline } from './components/chart/chart.tsx'
export { type ChartData, chartRows, drawChart } from './components/chart/draw.ts'
export { Details } from './components/details/details.tsx'
export { type Download, Downloads } from './components/downloads/downloads.tsx'
export { ErrorSummary, type FormError } from './components/error-summary/error-summary.tsx'
export type { Example } from './components/examples.ts'
export { FieldError } from './components/fields/field.tsx'
export {
  Button,
  Checkboxes,
  DateField,
  FileField,
  Radios,
  Select,
  TextArea,
  TextField,
} from './components/fields/fields.tsx'
export { FigureBoard, writeFigure } from './components/figure-board/figure-board.tsx'
export { Mark, type MarkKind, Tag } from './components/mark/mark.tsx'
export { Moment, writeMoment } from './components/moment/moment.tsx'
export { NotificationBanner } from './components/notification-banner/notification-banner.tsx'
export { Page } from './components/page/page.tsx'
export { Pagination } from './components/pagination/pagination.tsx'
export { Phrase, Unbroken } from './components/phrase/phrase.tsx'
export { Progress } from './components/progress/progress.tsx'
export { Search } from './components/search/search.tsx'
export { type Stage, StageLine, stageKinds } from './components/stage-line/stage-line.tsx'
export { SummaryList } from './components/summary-list/summary-list.tsx'
export { Table, type TableProps } from './components/table/table.tsx'
export { Tabs } from './components/tabs/tabs.tsx'
export { TaskList } from './components/task-list/task-list.tsx'
export { Warning } from './components/warning/warning.tsx'
export { type Database, openDatabase, projectFolder, type Sql } from './database.ts'
export { type Figure, type Figures, type FigureUnit, Reading } from './figures.ts'
export type { Files } from './files.ts'
export { isDatabaseGone } from './http.ts'
export { type Job, queueJob } from './jobs.ts'
export { readsBrotli } from './kept-pages.ts'
export { keepReads } from './kept-reads.ts'
export { type Language, languages, say, sayEverywhere, simplify, Text, texts, type Values } from './languages.ts'
export { defineModule, type Installation, type Module, type Routes, SearchResult } from './module.ts'
export { nearest } from './nearest.ts'
export { type PageContext, render, type Site, usePage, type View, withLanguage } from './page.tsx'
export { pageNames } from './page-names.ts'
export { acrOf, type Identify, Level, type Person, sessionCookie } from './person.ts'
export { Problem, type ProblemTable, problems } from './problem.ts'
export { fold, foldItem, type Searchable, searchIn } from './search.ts'
export { allScopes, type IdentifyToken, type Scope, scopesOfRoute } from './tokens.ts'
export type { Vault } from './vault.ts'
