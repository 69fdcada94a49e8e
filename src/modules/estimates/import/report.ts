import type { Finding, Lines } from '../types.ts'
import type { FindingCode } from './findings.ts'

const findingsMax = 5000
const valueMax = 500

/** Collects what the importer did and could not do. Beyond the limit it stops collecting: the first ones tell enough. */
export class Report {
  readonly findings: Finding[] = []

  repair(code: FindingCode, lines: Lines, values: Finding['values'] = {}) {
    this.add('repair', code, lines, values)
  }
  doubt(code: FindingCode, lines: Lines, values: Finding['values'] = {}) {
    this.add('doubt', code, lines, values)
  }
  loss(code: FindingCode, lines: Lines, values: Finding['values'] = {}) {
    this.add('loss', code, lines, values)
  }
  unknown(code: FindingCode, lines: Lines, values: Finding['values'] = {}) {
    this.add('unknown', code, lines, values)
  }

  private add(kind: Finding['kind'], code: FindingCode, lines: Lines, values: Finding['values']) {
    if (this.findings.length >= findingsMax) return
    const short = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? clip(value) : value])
    this.findings.push({ kind, code, values: Object.fromEntries(short), lines })
  }
}

const clip = (text: string) => (text.length > valueMax ? `${text.slice(0, valueMax - 1)}…` : text)
