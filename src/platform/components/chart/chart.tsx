import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { Details } from '../details/details.tsx'
import { type Download, Downloads } from '../downloads/downloads.tsx'
import { Table } from '../table/table.tsx'
import { type ChartData, drawChart } from './draw.ts'

const words = texts({ table: { en: 'The figures as a table', 'zh-Hant': '以表格顯示數字' } })

// The only place where markup is inserted as it is: it comes from echarts, never from a person, and draw.ts cleans it.
const Drawing = ({ kind, svg }: { kind: string; svg: string }) => (
  <span class={kind} aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
)

export type ChartProps = {
  chart: ChartData
  /** Says the finding: “Programme 2 grows by two thirds”. */
  title: string
  /** What is counted, of when and in what unit. */
  subtitle?: string
  /** Head of the table's first column. */
  corner: string
  files?: readonly Download[]
}

/** A picture in two widths, of which a style sheet shows one; the table under it holds the same figures for everyone. */
export function Chart({ chart, title, subtitle, corner, files }: ChartProps) {
  const { say } = usePage()
  const rows = chart.labels.map((label, row) => ({
    cells: [label, ...chart.series.map(({ values }) => (values[row] == null ? '' : chart.write(values[row])))],
  }))
  const columns = [{ label: corner }, ...chart.series.map(({ name }) => ({ label: name, numeric: true }))]
  return (
    <figure class="chart">
      <figcaption>
        {title}
        {subtitle && <small>{subtitle}</small>}
      </figcaption>
      <Drawing kind="chart__wide" svg={drawChart(chart, 720)} />
      <Drawing kind="chart__narrow" svg={drawChart(chart, 356)} />
      <div class="chart__foot">
        <Details summary={say(words.table)}>
          <Table caption={title} captionHidden columns={columns} rows={rows} dense />
        </Details>
        {files && <Downloads files={files} />}
      </div>
    </figure>
  )
}

/** How a line went over the years, beside its figures. `title` says it in words. */
export const Sparkline = ({
  labels,
  values,
  title,
}: {
  labels: readonly string[]
  values: readonly (number | null)[]
  title: string
}) => (
  <span class="sparkline">
    <span class="visually-hidden">{title}</span>
    <Drawing
      kind="sparkline__drawing"
      svg={drawChart({ kind: 'spark', labels, series: [{ name: '', values }], write: String }, 80)}
    />
  </span>
)
