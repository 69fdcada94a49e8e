import { chinese, english } from './texts.ts'

/** What the tests of importing and publishing send. */

type Part = { field: string; name: string; content: string | Uint8Array }

/** The body of a form with files, as a browser sends it. */
export function multipart(parts: readonly Part[]): { headers: { 'content-type': string }; payload: Buffer } {
  const boundary = 'praya-test-boundary'
  const chunks = parts.flatMap(({ field, name, content }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

export const aText = (content: string | Uint8Array = chinese(), name = 'head-071.txt'): Part => ({
  field: 'file',
  name,
  content,
})
export const anEnglishText = (): Part => aText(english(), 'head-033.txt')

/** Two years of one Head as a table: the estimate of the first is the original of the second, but for one line. */
export const aTable = (): Part => ({
  field: 'file',
  name: 'heads.csv',
  content: [
    'year,head,title,programme,name,actual,original,revised,estimate',
    '2024-25,88,Piers,1,Ferries,10.0,11.0,11.5,12.0',
    '2024-25,88,Piers,2,Lamps,5.0,5.0,5.0,6.0',
    '2024-25,88,Piers,total,,15.0,16.0,16.5,18.0',
    '2025-26,88,Piers,1,Ferries,11.6,12.0,12.4,13.0',
    '2025-26,88,Piers,2,Lamps,5.1,6.5,6.6,7.0',
    '2025-26,88,Piers,total,,16.7,18.5,19.0,20.0',
  ].join('\n'),
})

export const aMapping = (): Part => ({
  field: 'mapping',
  name: 'mapping.yaml',
  content: `rows: programmes
language: en
columns:
  year: year
  head: head
  title: title
  code: programme
  name: name
  actual: actual
  original: original
  revised: revised
  estimate: estimate
unit: million
decimals: 1
total: [total]
`,
})

/** A table of as many rows as are asked for: three programmes and their total for each of 84 Heads, year after year. */
export function aLargeTable(rows: number): Part {
  const lines = ['year,head,title,programme,name,actual,original,revised,estimate']
  for (let row = 0; row < rows; row++) {
    const year = 1906 + Math.floor(row / 336)
    const programme = Math.floor(row / 84) % 4
    const code = programme === 3 ? 'total' : programme + 1
    const amounts = programme === 3 ? [3.3, 4.2, 5.1, 6.6] : [1.1, 1.4, 1.7, 2.2]
    const years = `${year}-${String((year + 1) % 100).padStart(2, '0')}`
    lines.push([years, 1 + (row % 84), 'Piers', code, `Programme ${code}`, ...amounts].join(','))
  }
  return { field: 'file', name: 'large.csv', content: lines.join('\n') }
}
