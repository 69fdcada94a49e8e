import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { words as budget } from '../table/table.examples.tsx'
import { Chart, Sparkline } from './chart.tsx'
import { type ChartData, chartRows, drawChart } from './draw.ts'

const words = texts({
  grows: { en: 'Programme (2) grows by two thirds', 'zh-Hant': '綱領(2)增加三分之二' },
  unit: { en: '2023-24 estimate, $ million', 'zh-Hant': '2023-24 年度預算，百萬元' },
  path: {
    en: 'Programmes (2) and (3) more than make up for the fall in programme (1)',
    'zh-Hant': '綱領(2)和(3)的增幅大於綱領(1)的減幅',
  },
  pathUnit: {
    en: 'From the revised estimate 2022-23 to the estimate 2023-24, $ million',
    'zh-Hant': '由 2022-23 修訂預算至 2023-24 預算，百萬元',
  },
  years: { en: 'Programme (1) remains the largest', 'zh-Hant': '綱領(1)仍然最大' },
  spark: {
    en: 'Programme (2): 298.5, 582.5, 367.0, then 609.7',
    'zh-Hant': '綱領(2)：先後為 298.5、582.5、367.0 及 609.7',
  },
  amount: { en: 'Amount', 'zh-Hant': '金額' },
})

const write = (value: number) =>
  value
    .toFixed(1)
    .replace('-', '−')
    .replace(/\B(?=(\d{3})+\.)/g, ',')

type Say = ReturnType<typeof usePage>['say']
const programmes = (say: Say) => [say(budget.one), say(budget.two), say(budget.three)]

const chart = (
  name: string,
  make: (say: Say) => { chart: ChartData; title: string; subtitle: string; corner: string },
): Example => ({
  name,
  render: () => {
    const { say } = usePage()
    const { chart, corner, ...more } = make(say)
    // The files stand in their links, as no address answers them.
    const files = [
      { label: 'SVG', path: `data:image/svg+xml,${encodeURIComponent(drawChart(chart, 720, true))}` },
      { label: 'CSV', path: `data:text/csv,${encodeURIComponent(chartRows(chart, corner).join('\n'))}` },
    ]
    return <Chart chart={chart} corner={corner} {...more} files={files} />
  },
})

export const examples: Example[] = [
  chart('Bars', (say) => ({
    chart: {
      kind: 'bars',
      labels: programmes(say),
      series: [{ name: say(words.amount), values: [960.1, 609.7, 240] }],
      write,
    },
    title: say(words.grows),
    subtitle: say(words.unit),
    corner: say(budget.programme),
  })),
  chart('Waterfall', (say) => ({
    chart: {
      kind: 'waterfall',
      labels: [say(budget.revised), ...programmes(say), say(budget.estimate)],
      series: [{ name: say(words.amount), values: [1495.2, -71.1, 242.7, 143, 1809.8] }],
      write,
    },
    title: say(words.path),
    subtitle: say(words.pathUnit),
    corner: say(budget.programme),
  })),
  chart('Lines', (say) => ({
    chart: {
      kind: 'lines',
      labels: ['2021-22', '2022-23', '2023-24'],
      series: [
        { name: say(budget.one).slice(0, 3), values: [816.2, 1031.2, 960.1] },
        { name: say(budget.two).slice(0, 3), values: [298.5, 367, 609.7] },
        { name: say(budget.three).slice(0, 3), values: [93.8, 97, 240] },
      ],
      write,
    },
    title: say(words.years),
    subtitle: say(words.unit),
    corner: say(budget.programme),
  })),
  {
    name: 'Sparkline',
    render: () => {
      const { say } = usePage()
      return (
        <p>
          {say(budget.two)}{' '}
          <Sparkline labels={['a', 'b', 'c', 'd']} values={[298.5, 582.5, 367, 609.7]} title={say(words.spark)} />
        </p>
      )
    },
  },
]
