/* One turn of bench/import.ts: loads everything first, then measures the CPU of one import with its check. */
import { checkDocument } from '../src/modules/estimates/check/check.ts'
import { importText } from '../src/modules/estimates/import/text.ts'
import { importTables } from '../src/modules/estimates/mapping/import-tables.ts'
import { readMapping } from '../src/modules/estimates/mapping/read-mapping.ts'
import { chinese, realBytes, withoutRealText } from '../src/modules/estimates/testing/texts.ts'

const programmeRows = 3500
const mappingText = `
rows: programmes
language: en
columns:
  year: year
  head: head
  code: programme
  name: name
  aim: aim
  actual: actual
  original: original
  revised: revised
  estimate: estimate
unit: million
decimals: 1
total: ['']
`
const documents = process.argv[2] === 'tables' ? prepareTables() : prepareText()
const before = process.cpuUsage()
const imported = await documents()
for (const document of imported) checkDocument(document)
const { user, system } = process.cpuUsage(before)
process.send!((user + system) / 1000)
process.disconnect()

function prepareText() {
  const bytes = withoutRealText ? Buffer.from(chinese()) : realBytes()
  return () => {
    const result = importText(bytes, 'head.txt', 4)
    if ('refusal' in result) throw new Error(result.refusal.code)
    return [result.document]
  }
}

function prepareTables() {
  const lines = ['year,head,programme,name,aim,actual,original,revised,estimate']
  for (let row = 0; lines.length <= programmeRows; row++) {
    const head = 1 + (row % 84)
    const year = 2006 + Math.floor(row / (84 * 4))
    const programme = Math.floor(row / 84) % 4
    const amounts = programme === 3 ? [3.3, 4.2, 5.1, 6.6] : [1.1, 1.4, 1.7, 2.2]
    const code = programme === 3 ? '' : String(programme + 1)
    lines.push(
      [
        `${year}-${String((year + 1) % 100).padStart(2, '0')}`,
        head,
        code,
        `Programme ${code}`,
        'To do so',
        ...amounts,
      ].join(','),
    )
  }
  const bytes = Buffer.from(lines.join('\n'))
  const read = readMapping(Buffer.from(mappingText), 'bench.yaml')
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes))
  return async () => {
    const result = await importTables(bytes, 'bench.csv', read.mapping)
    if ('refusal' in result) throw new Error(JSON.stringify(result.refusal))
    return result.documents
  }
}
