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
