import type { Static, TObject } from 'typebox'
import { type Text, texts } from '../platform/languages.ts'
import { nearest } from '../platform/nearest.ts'

/** One thing that is wrong with the settings, as a sentence. */
export type SettingFault = { text: Text; values: Record<string, string> }

/** What a field of a settings table may say. `secret` values are never shown; `begins` lists how an address may begin. */
export type SettingShape = {
  type?: 'string' | 'integer' | 'boolean'
  description: string
  default?: string | number | boolean
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  minLength?: number
  secret?: true
  begins?: readonly string[]
}

const prefix = 'PRAYA_'
const yes = ['1', 'true', 'yes', 'on']
const no = ['0', 'false', 'no', 'off']

/**
 * Reads a table of settings from the environment. Every fault is found at once, so that nobody mends one to meet the
 * next. An empty value is no value. `settings` holds only what could be read.
 */
export function readSettings<Table extends TObject>(
  table: Table,
  environment: NodeJS.ProcessEnv,
): { settings: Static<Table>; faults: SettingFault[] } {
  const shapes = table.properties as unknown as Record<string, SettingShape>
  const settings: Record<string, unknown> = {}
  const faults: SettingFault[] = []
  for (const [name, shape] of Object.entries(shapes)) {
    const written = environment[name]?.trim()
    const value = written ? parse(shape, written) : shape.default
    if (value !== undefined) settings[name] = value
    else if (written) faults.push(faultOf(name, shape, written))
  }
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(prefix) || Object.hasOwn(shapes, name)) continue
    const near = nearest(name, Object.keys(shapes))
    faults.push(near ? { text: words.unknownNear, values: { name, near } } : { text: words.unknown, values: { name } })
  }
  return { settings: settings as Static<Table>, faults }
}

function parse(shape: SettingShape, written: string): string | number | boolean | undefined {
  if (shape.type === 'integer') {
    const number = /^[0-9]{1,15}$/.test(written) ? Number(written) : Number.NaN
    return number >= (shape.minimum ?? 0) && number <= (shape.maximum ?? Number.MAX_SAFE_INTEGER) ? number : undefined
  }
  if (shape.type === 'boolean') {
    const word = written.toLowerCase()
    return yes.includes(word) ? true : no.includes(word) ? false : undefined
  }
  if (shape.enum && !shape.enum.includes(written)) return undefined
  if (
    shape.begins &&
    !(shape.begins.some((start) => written.startsWith(start) && written.length > start.length) && URL.canParse(written))
  )
    return undefined
  return written.length < (shape.minLength ?? 0) ? undefined : written
}

function faultOf(name: string, shape: SettingShape, written: string): SettingFault {
  const value = shape.secret ? '…' : written.slice(0, 80)
  if (shape.type === 'integer')
    return { text: words.integer, values: { name, value, from: String(shape.minimum ?? 0), to: String(shape.maximum) } }
  if (shape.type === 'boolean') return { text: words.boolean, values: { name, value } }
  if (shape.enum) return { text: words.choice, values: { name, value, choices: shape.enum.join(', ') } }
  if (shape.begins) return { text: words.address, values: { name, begins: shape.begins.join(', ') } }
  return { text: words.length, values: { name, length: String(shape.minLength) } }
}

const words = texts({
  unknown: {
    en: '{name} is not a setting of Praya. Remove it; docs/reference/settings.md lists those there are.',
    'zh-Hant': '{name} 不是 Praya 的設定。請刪去；docs/reference/settings.md 列出全部設定。',
  },
  unknownNear: {
    en: '{name} is not a setting of Praya. Did you mean {near}?',
    'zh-Hant': '{name} 不是 Praya 的設定。你是否想寫「{near}」？',
  },
  integer: {
    en: '{name} must be a whole number from {from} to {to}, and is “{value}”.',
    'zh-Hant': '{name} 須為 {from} 至 {to} 的整數，現為「{value}」。',
  },
  boolean: {
    en: '{name} must be 1 (yes) or 0 (no), and is “{value}”.',
    'zh-Hant': '{name} 須為 1（是）或 0（否），現為「{value}」。',
  },
  choice: {
    en: '{name} must be one of {choices}, and is “{value}”.',
    'zh-Hant': '{name} 須為下列之一：{choices}；現為「{value}」。',
  },
  // The address itself may hold a password, so it is not repeated.
  address: {
    en: '{name} must be an address that begins with {begins}.',
    'zh-Hant': '{name} 須為以 {begins} 開頭的網址。',
  },
  length: {
    en: '{name} must have at least {length} characters.',
    'zh-Hant': '{name} 最少須有 {length} 個字元。',
  },
})
