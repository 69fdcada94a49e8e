import { createHash } from 'node:crypto'
import { type EChartsCoreOption, init, use } from 'echarts/core'
// One by one: the lists of all charts and components would cost 40 MB of memory for two charts and a grid.
import { install as BarChart } from 'echarts/lib/chart/bar/install.js'
import { install as LineChart } from 'echarts/lib/chart/line/install.js'
import { install as GridComponent } from 'echarts/lib/component/grid/install.js'
import { install as SVGRenderer } from 'echarts/lib/renderer/installSVGRenderer.js'

use([BarChart, LineChart, GridComponent, SVGRenderer])

/**
 * `bars`: one value for each label, from zero. `waterfall`: the first and last value are totals, those between are
 * changes. `lines`: up to five series over the labels. `spark`: one series without words.
 */
export type ChartData = {
  kind: 'bars' | 'waterfall' | 'lines' | 'spark'
  labels: readonly string[]
  series: readonly { name: string; values: readonly (number | null)[] }[]
  /** How a value is written beside its bar or point. */
  write: (value: number) => string
}

// echarts only knows colours; these stand for the theme's, which the style sheet decides. The last is each one's light
// value, for the picture that leaves the page.
// biome-ignore format: matrix
const colours = {
  ink:   ['#010101', '#14212b'],
  muted: ['#010102', '#4a5a66'],
  line:  ['#010103', '#7b8791'],
  paper: ['#010104', '#fbfaf6'],
  '1':   ['#010111', '#0b4f6c'],
  '2':   ['#010112', '#00705a'],
  '3':   ['#010113', '#8a5a00'],
  '4':   ['#010114', '#b3261e'],
  '5':   ['#010115', '#4a5a66'],
} as const
const [ink, muted, rule, paper] = [colours.ink[0], colours.muted[0], colours.line[0], colours.paper[0]]
const hues = (['1', '2', '3', '4', '5'] as const).map((hue) => colours[hue][0])
const dashes = ['solid', [8, 4], [2, 4], [12, 4, 2, 4], [4, 4]]
const textSize = 16
const rowHeight = 60

const text = (color: string = ink) => ({ color, fontSize: textSize, fontFamily: 'x', textBorderWidth: 0 })
const hatched = (color: string) => ({ color: paper, borderColor: color, borderWidth: 1.5, decal: hatch(color) })
const hatch = (color: string) => ({
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [1.5, 5],
  rotation: -Math.PI / 4,
  color,
})
const noAxis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } }
const still = { silent: true, emphasis: { disabled: true } }

/** The label stands above its bar, so that long names keep their length on a phone. */
function bars({ labels, series, write }: ChartData): EChartsCoreOption {
  const values = series[0]?.values ?? []
  const label = {
    show: true,
    position: 'right',
    distance: 8,
    ...text(),
    formatter: ({ value }: { value: number }) => write(value),
  }
  return {
    grid: { outerBoundsMode: 'none', left: 0, right: 100, top: 14, bottom: -14 },
    xAxis: { type: 'value', show: false, min: (range: { min: number }) => Math.min(0, range.min) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: labels,
      ...noAxis,
      axisLabel: { ...text(), inside: true, margin: 0, align: 'left', verticalAlign: 'bottom', padding: [0, 0, 13, 0] },
      z: 3,
    },
    series: [{ type: 'bar', barWidth: 16, data: values, itemStyle: { color: hues[0] }, label, ...still }],
  }
}

/** Totals stand on zero; a rise is solid, a fall hatched, each from where the one before it ended. */
function waterfall({ labels, series, write }: ChartData): EChartsCoreOption {
  const values = (series[0]?.values ?? []).map((value) => value ?? 0)
  let level = 0
  const steps = values.map((value, index) => {
    if (index === 0 || index === values.length - 1) level = value
    else level += value
    const total = index === 0 || index === values.length - 1
    const from = total ? 0 : level - value
    return { value, total, low: Math.min(from, level), height: Math.abs(level - from) }
  })
  const style = (step: (typeof steps)[number]) =>
    step.total ? { color: hues[0] } : step.value >= 0 ? { color: hues[1] } : hatched(hues[3]!)
  const label = { show: true, position: 'right', distance: 8, ...text() }
  const data = steps.map((step) => ({
    value: step.height,
    itemStyle: style(step),
    label: { formatter: (step.total || step.value <= 0 ? '' : '+') + write(step.value) },
  }))
  const hidden = { itemStyle: { color: 'transparent' }, ...still }
  // A track as wide as the picture keeps a bar that begins far to the right on one line with its name.
  const track = { showBackground: true, backgroundStyle: { color: rule, opacity: 0.15 } }
  return {
    ...bars({ kind: 'bars', labels, series, write }),
    series: [
      { type: 'bar', stack: 'a', barWidth: 16, data: steps.map(({ low }) => low), ...hidden, ...track },
      { type: 'bar', stack: 'a', barWidth: 16, data, label, ...still },
    ],
  }
}

/** Each line carries its name and last value at its end. */
function lines({ labels, series, write }: ChartData, width: number): EChartsCoreOption {
  const nameWidth = width < 500 ? 110 : 190
  return {
    grid: { outerBoundsMode: 'none', left: 8, right: nameWidth, top: 16, bottom: 32 },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: rule } },
      axisLabel: { ...text(muted), hideOverlap: true, alignMinLabel: 'left' },
    },
    yAxis: { type: 'value', show: false, min: 0 },
    series: series.slice(0, hues.length).map(({ name, values }, index) => ({
      type: 'line',
      data: values,
      lineStyle: { color: hues[index], width: 2.5, type: dashes[index] },
      itemStyle: { color: hues[index] },
      symbol: 'circle',
      symbolSize: 7,
      endLabel: {
        show: true,
        ...text(hues[index]),
        width: nameWidth - 12,
        overflow: 'break',
        formatter: ({ value }: { value: number }) => `${name} ${write(value)}`,
      },
      ...still,
    })),
  }
}

/** So small and so many in a page that it is drawn by hand: from zero to its largest value, its last point marked. */
function spark({ series }: ChartData, width: number): string {
  const values = series[0]?.values ?? []
  const known = values.map((value) => value ?? 0)
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)]
  const at = (index: number) =>
    `${(2 + (index * (width - 6)) / Math.max(1, values.length - 1)).toFixed(1)} ${(21 - (17 * (known[index]! - low)) / (high - low || 1)).toFixed(1)}`
  const path = values
    .map((value, index) => (value === null ? '' : `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${at(index)}`))
    .join('')
  const [x, y] = values.at(-1) == null ? [] : at(values.length - 1).split(' ')
  const end = x ? `<circle cx="${x}" cy="${y}" r="2.5" fill="${hues[0]}"/>` : ''
  return `<svg width="${width}" height="24" viewBox="0 0 ${width} 24" xmlns="http://www.w3.org/2000/svg"><path d="${path}" fill="none" stroke="${hues[0]}" stroke-width="1.5" stroke-linejoin="bevel"/>${end}</svg>`
}

const kept = new Map<string, string>()
const keptMax = 500

/**
 * The picture of `chart`, `width` units wide. In a page its colours are the style sheet's variables, so that it follows
 * the theme; `alone` gives the light colours, for a file. Nothing in it needs a style element or attribute.
 */
export function drawChart(chart: ChartData, width: number, alone = false): string {
  const { kind, labels, series, write } = chart
  const written = series.map(({ values }) => values.map((value) => value !== null && write(value)))
  const key = createHash('sha256')
    .update(JSON.stringify([kind, labels, series, written, width, alone]))
    .digest('hex')
    .slice(0, 12)
  let svg = kept.get(key)
  if (svg === undefined) {
    if (kept.size >= keptMax) kept.clear()
    svg = plain(kind === 'spark' ? spark(chart, width) : draw(chart, width, kind), key, alone)
    kept.set(key, svg)
  }
  return svg
}

function draw(chart: ChartData, width: number, kind: Exclude<ChartData['kind'], 'spark'>): string {
  const height = kind === 'lines' ? (width < 500 ? 220 : 300) : chart.labels.length * rowHeight
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
  const options = { bars, waterfall, lines }[kind](chart, width)
  drawing.setOption({ animation: false, backgroundColor: 'transparent', ...options })
  const svg = drawing.renderToSVGString()
  drawing.dispose()
  return svg
}

/** Leaves of the picture only what a page under its content security policy may hold, with names that do not clash. */
function plain(svg: string, key: string, alone: boolean): string {
  let clean = svg
    .replace(/<style[\s\S]*?<\/style>\s*/g, '')
    .replace(/ (?:class|ecmeta_\w+|xml:space|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      /font-size:(\d+)px/.exec(style)?.[1] ? ` font-size="${textSize}"` : '',
    )
    .replace(/zr\d+-/g, `c${key}-`)
    .replace(/>\s+</g, '><')
  for (const [name, [stand, light]] of Object.entries(colours))
    clean = clean.replaceAll(stand, alone ? light : `var(--chart-${name})`)
  return alone ? clean.replace('<svg ', '<svg font-family="Noto Sans HK, sans-serif" ') : clean
}

/** The chart's data as rows of a table or a CSV file, the head first. */
export function chartRows({ labels, series }: ChartData, corner: string): (string | number | null)[][] {
  return [
    [corner, ...series.map(({ name }) => name)],
    ...labels.map((label, row) => [label, ...series.map(({ values }) => values[row] ?? null)]),
  ]
}
