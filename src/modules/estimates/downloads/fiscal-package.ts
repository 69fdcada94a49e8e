import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import type { EstimatesDocument } from '../types.ts'
import { periodOf } from '../years.ts'
import type { SubjectNames } from './document-tables.ts'
import { factsOf } from './fiscal-facts.ts'
import { type FilledResource, fill, type Value } from './fiscal-fields.ts'
import * as resources from './fiscal-resources.ts'
import { csvForm } from './tables.ts'

/*
 * A Head as an Open Fiscal Data Package. Two generations of the format are in use: 1.0-rc.1 gives each field a
 * `columnType` of the budget taxonomy, 0.3 has a `model` of measures and dimensions, and it is 0.3 that the published JSON
 * Schema checks. The descriptor holds both; they speak of the same fields.
 * https://specs.frictionlessdata.io/fiscal-data-package/ and …/fiscal-data-package--budgets/
 */

export type FiscalPackageOptions = {
  /** ISO 4217: HKD. */
  currency: string
  /** The first month of the financial year. */
  startMonth: number
  /** Names in every language by subject. */
  names?: SubjectNames
  /** The estimate of the year has been voted: it counts as approved, not as proposed. */
  appropriated?: boolean
  /** Where the Head is published. */
  homepage?: string
}

/** Each file of the package by its path: `datapackage.json` and `data/*.csv`. The same document always gives the same files. */
export function fiscalPackage(document: EstimatesDocument, options: FiscalPackageOptions): Record<string, string> {
  const facts = factsOf(document, options.names ?? {}, options.appropriated ?? false)
  const all = [
    fill(resources.provisionByProgramme(facts, options.currency)),
    fill(resources.provisionBySubhead(facts, options.currency)),
    fill(resources.provisionByItem(facts, options.currency)),
    fill(resources.commitments(facts, options.currency)),
    fill(resources.establishment(facts)),
    fill(resources.performance(facts)),
    fill(resources.programmes(facts)),
    fill(resources.rows(facts)),
    fill(resources.numbers(facts)),
  ].filter(({ rows }) => rows.length > 0)
  const files = Object.fromEntries(all.map((resource) => [pathOf(resource), csvOf(resource)]))
  const present = new Set(all.map(({ name }) => name))
  const descriptor = {
    profile: 'tabular-data-package',
    ...about(document, options),
    columnTypes: ['https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json'],
    model: modelOf(all, options.currency),
    resources: all.map((resource) => describe(resource, files[pathOf(resource)]!, present)),
  }
  return { 'datapackage.json': `${JSON.stringify(descriptor, null, 2)}\n`, ...files }
}

const pathOf = ({ name }: { name: string }) => `data/${name}.csv`

function about(
  { year, head, title, source }: EstimatesDocument,
  { startMonth, homepage, names }: FiscalPackageOptions,
) {
  return {
    name: `estimates-${year}-head-${head}`,
    title: `Estimates ${year}, Head ${head}: ${names?.head?.en ?? title}`,
    description:
      'Provision, commitments, establishment and performance of one Head. Empty means not known; nil is 0 with “nil” true; “status” says whether a number was printed or recovered, “line_from” and “line_to” where it stands in the source.',
    ...(homepage && { homepage }),
    granularity: 'aggregated',
    fiscalPeriod: periodOf(year, startMonth),
    sources: [{ title: source.name, hash: `sha256:${source.sha256}`, lines: source.lines }],
  }
}

function csvOf({ fields, rows }: FilledResource): string {
  return stringify([fields.map(({ name }) => name), ...rows.map((row) => row.map(written))], csvForm)
}

const written = (value: Value): string => (value === null ? '' : String(value))

function describe(
  { name, title, description, fields, primaryKey, foreignKeys }: FilledResource,
  csv: string,
  present: ReadonlySet<string>,
) {
  // A reference to a resource that the document has nothing for would point nowhere.
  const keys = foreignKeys?.filter(({ resource }) => present.has(resource)) ?? []
  return {
    profile: 'tabular-data-resource',
    name,
    path: pathOf({ name }),
    title,
    description,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes: Buffer.byteLength(csv),
    hash: `sha256:${createHash('sha256').update(csv).digest('hex')}`,
    dialect: {
      delimiter: ',',
      lineTerminator: '\r\n',
      quoteChar: '"',
      doubleQuote: true,
      skipInitialSpace: false,
      header: true,
      caseSensitiveHeader: true,
    },
    schema: {
      fields,
      missingValues: [''],
      primaryKey,
      ...(keys.length > 0 && {
        foreignKeys: keys.map(({ fields: key, resource, reference }) => ({
          fields: key,
          reference: { resource, fields: reference },
        })),
      }),
    },
  }
}

/** Measures and dimensions of the resources that hold money, as 0.3 wants them. */
function modelOf(all: readonly FilledResource[], currency: string) {
  const measures: Record<string, object> = {}
  const dimensions: Record<string, object> = {}
  for (const resource of all) {
    const has = (name: string) => resource.fields.some((field) => field.name === name)
    if (!has('factor')) continue
    const key = resource.name.replaceAll('-', '_')
    const factor = resource.rows[0]?.[resource.fields.findIndex(({ name }) => name === 'factor')]
    measures[key] = { source: 'value', resource: resource.name, currency, factor, direction: 'expenditure' }
    const attribute = (source: string, more: object = {}) => ({ source, resource: resource.name, ...more })
    for (const { name, code, label, ...kind } of dimensionsOf) {
      if (!has(code)) continue
      dimensions[`${key}_${name}`] = {
        ...kind,
        primaryKey: 'code',
        attributes: {
          code: attribute(code),
          ...(label && has(label) && { label: attribute(label, { labelfor: 'code' }) }),
        },
      }
    }
  }
  return { measures, dimensions }
}

const dimensionsOf: readonly {
  name: string
  code: string
  label?: string
  dimensionType: string
  classificationType?: string
}[] = [
  { name: 'year', code: 'fiscal_year', dimensionType: 'datetime' },
  {
    name: 'head',
    code: 'head',
    label: 'head_name',
    dimensionType: 'classification',
    classificationType: 'administrative',
  },
  { name: 'programme', code: 'programme', label: 'programme_name', dimensionType: 'activity' },
  {
    name: 'account',
    code: 'account',
    label: 'account_name',
    dimensionType: 'classification',
    classificationType: 'economic',
  },
  {
    name: 'subhead',
    code: 'subhead',
    label: 'subhead_name',
    dimensionType: 'classification',
    classificationType: 'economic',
  },
  { name: 'item', code: 'item', label: 'item_name', dimensionType: 'classification', classificationType: 'economic' },
  { name: 'commitment', code: 'commitment', label: 'commitment_name', dimensionType: 'activity' },
  { name: 'kind', code: 'kind', label: 'kind_name', dimensionType: 'other' },
  { name: 'phase', code: 'phase', label: 'phase_name', dimensionType: 'other' },
]
