import { Type } from 'typebox'
import { chartRows, drawChart, type Routes } from '#platform'
import { getHead } from '../documents/head.ts'
import { csvType, tableAsCsv } from '../downloads/tables.ts'
import { problem } from '../problems.ts'
import { chartKinds, chartOf } from './charts.rules.ts'
import { headData } from './head-data.ts'
import { headParams } from './read-head.ts'

const chartWidth = 720

/** Charts to carry away, as pictures and as what they draw. */
export const chartRoutes: Routes = async (app) => {
  // Which language a file has without one in its address, a cookie or the browser says.
  app.addHook('onRequest', async (_, reply) => void reply.header('vary', 'accept, accept-language, cookie'))

  const chart = {
    config: { access: 'public' },
    schema: {
      summary: 'A chart of a Head as SVG, or its figures as CSV',
      produces: ['image/svg+xml', 'text/csv'],
      params: Type.Object({ ...headParams, kind: Type.Enum([...chartKinds]), form: Type.Enum(['svg', 'csv']) }),
    },
  }
  app.get('/estimates/:year/:head/charts/:kind.:form', chart, async ({ params, language }, reply) => {
    const head = headData(app.installation, await getHead(app.installation, { ...params, language }), [])
    const found = chartOf(head, params.kind, language)
    if (!found) throw problem('part-not-found')
    if (params.form === 'svg') return reply.type('image/svg+xml').send(drawChart(found.chart, chartWidth, true))
    const [labels = [], ...rows] = chartRows(found.chart, found.corner)
    const columns = labels.map((label, at) => ({
      label: String(label),
      kind: at === 0 ? ('text' as const) : ('number' as const),
    }))
    const written = rows.map((row) =>
      row.map((value) => (typeof value === 'number' ? stepsOf(found.chart.write(value)) : value)),
    )
    return reply.type(csvType).send(tableAsCsv({ name: params.kind, title: found.title, columns, rows: written }))
  })
}

/** Values are drawn as floats and carried away as what the chart writes: `−77.7` is -777 steps of one decimal. */
function stepsOf(written: string): { steps: number; decimals: number } {
  const digits = written.replaceAll(',', '').replace('−', '-')
  const decimals = digits.split('.')[1]?.length ?? 0
  return { steps: Number(digits.replace('.', '')), decimals }
}
