import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { readsBrotli } from '../kept-pages.ts'
import type { Language } from '../languages.ts'

type Asset = { body: Buffer; brotli: Buffer; type: string }

// The same depth from src/platform/assets and from dist/platform/assets: sheets are read from the source folder.
const project = fileURLToPath(new URL('../../../', import.meta.url))
const folder = join(project, 'src/platform/assets')
// biome-ignore format: a list, in the order in which later sheets win
const sheets = [
  'tokens', 'text', 'page', 'parts', 'lists', 'forms', 'tables', 'document', 'estimates', 'home', 'identity', 'ledger', 'designer', 'print',
]
const read = (path: string) => readFileSync(path, 'utf8')
const assets = new Map<string, Asset>()

/** Keeps an asset under an address that changes with its content, so that browsers never ask twice. */
function keep(name: string, type: string, text: string): string {
  const body = Buffer.from(text)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const address = `/assets/${name.replace('.', `.${hash}.`)}`
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
  assets.set(address, { body, brotli, type })
  return address
}

const compact = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '')

/** A font that its npm package cuts in pieces by ranges of characters; a browser fetches only those that it shows. */
function font(name: string) {
  const root = join(project, 'node_modules/@fontsource-variable', name)
  if (!existsSync(root)) return { css: '', files: '', prefix: '' }
  const { version } = JSON.parse(read(join(root, 'package.json'))) as { version: string }
  const prefix = `/assets/fonts/${name}-${version}/`
  const css = compact(read(join(root, 'index.css')))
    .replaceAll('./files/', prefix)
    .replaceAll('font-style: normal;', '')
  return { css, files: join(root, 'files'), prefix }
}

const hongKong = font('noto-sans-hk')
// The Hong Kong font lacks a third of the simplified characters. Where this one is not installed, the system's serves.
const simplified = font('noto-sans-sc')
// The language switch and quoted sources hold some on every page: its pieces stand behind the others, fetched where shown.
const hantFonts = keep('fonts.css', 'text/css', hongKong.css + simplified.css)

const govukPath = join(project, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js')
const govuk = keep('govuk-frontend.js', 'text/javascript', read(govukPath).replace(/\/\/# sourceMappingURL.*$/m, ''))
const enhance = read(join(folder, 'enhance.js')).replace('./govuk-frontend.js', govuk)

/** Where pages find their style sheets, script and icon. */
export const addresses = {
  css: keep('praya.css', 'text/css', compact(sheets.map((sheet) => read(join(folder, `${sheet}.css`))).join('\n'))),
  fonts: {
    en: hantFonts,
    'zh-Hant': hantFonts,
    'zh-Hans': keep('fonts-hans.css', 'text/css', simplified.css || hongKong.css),
  } satisfies Record<Language, string>,
  script: keep('enhance.js', 'text/javascript', enhance),
  icon: keep('favicon.svg', 'image/svg+xml', read(join(folder, 'favicon.svg')).trim()),
}

const moduleScripts = new Map(
  globSync('src/modules/*/assets/*.js', { cwd: project }).map((path) => {
    const name = basename(path, '.js')
    return [name, keep(`${name}.js`, 'text/javascript', read(join(project, path)))]
  }),
)

/** The address of a module's own script. A name that no module has is a bug. */
export function scriptAddress(name: string): string {
  const address = moduleScripts.get(name)
  if (!address) throw new Error(`No module has a script ${name}.js in its folder assets`)
  return address
}

const icons = { 'favicon.ico': 'image/x-icon', 'apple-touch-icon.png': 'image/png' }
const forever = 'public, max-age=31536000, immutable'

/** Serves style sheets, script and icons from memory, and the pieces of the fonts from their npm packages. */
export async function addAssets(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: hongKong.files, serve: false })
  const route = { config: { access: 'public', rateLimit: false as const }, schema: { hide: true } }
  for (const [address, { body, brotli, type }] of assets)
    app.get(address, route, async (request, reply) => {
      const small = readsBrotli(request)
      if (small) reply.header('content-encoding', 'br')
      reply.header('vary', 'accept-encoding').header('cache-control', forever)
      return reply.type(`${type}; charset=utf-8`).send(small ? brotli : body)
    })
  for (const [name, type] of Object.entries(icons)) {
    const body = readFileSync(join(folder, name))
    app.get(`/${name}`, route, async (_, reply) =>
      reply.header('cache-control', 'public, max-age=86400').type(type).send(body),
    )
  }
  const file = Type.String({ pattern: '^[a-z0-9-]{1,60}\\.woff2$' })
  const piece = { ...route, schema: { hide: true, params: Type.Object({ file }) } }
  for (const { files, prefix } of [hongKong, simplified].filter(({ prefix }) => prefix))
    app.get(`${prefix}:file`, piece, async (request, reply) => {
      const { file } = request.params as { file: string }
      return reply.sendFile(file, files, { immutable: true, maxAge: '1y' })
    })
}
