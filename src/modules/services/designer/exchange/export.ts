import { Document, isMap, isPair, isScalar, isSeq, type Node, Scalar, visit } from 'yaml'
import { Service } from '../../definitions/service.ts'

/** How wide a line of a pack may become before a map or list is written on several. */
const lineCharactersMax = 120
const head = ' yaml-language-server: $schema=../../schemas/service.schema.json'

/**
 * A definition as a file of a pack, `services/<id>.yaml`: fields in the order of the schema, small things on one line, and texts of
 * several lines as they are read. Reading it gives a definition of the same hash.
 */
export function exportYaml(definition: Service): string {
  const document = new Document(inOrder(definition, Service as unknown as Shape))
  // Of the contents: a comment of the document itself has an empty line behind it.
  if (document.contents) document.contents.commentBefore = head
  visit(document, {
    Scalar(_, scalar) {
      const { value } = scalar
      if (typeof value !== 'string' || !value.includes('\n')) return
      // Spaces at an end and control characters would not be seen in lines, and be read as something else.
      const isSeen = value.trim() === value && !/[^\n\P{Cc}]/u.test(value)
      scalar.type = isSeen ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
    },
  })
  visit(document, {
    Collection(_, node, path) {
      if (path.length > 1 && isSmall(node) && widthOf(node) + indentOf(path) <= lineCharactersMax) node.flow = true
    },
  })
  return document.toString({ singleQuote: true, lineWidth: 0, directives: false })
}

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

/** The same value with its fields as the schema lists them: a database keeps them in another order. */
function inOrder(value: unknown, shape: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => inOrder(each, shape?.items))
  if (typeof value !== 'object' || value === null) return value
  const known = Object.keys(shape?.properties ?? {})
  const place = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length)
  const [any] = Object.values(shape?.patternProperties ?? {})
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([one], [other]) => place(one) - place(other))
      .map(([key, each]) => [key, inOrder(each, shape?.properties?.[key] ?? any)]),
  )
}

/** Whether it holds only words and numbers, or one more level of these: `{ id: a, title: { en: A, zh-Hant: 甲 } }`. */
function isSmall(node: Node, levels = 2): boolean {
  if (isScalar(node)) return typeof node.value !== 'string' || !node.value.includes('\n')
  if (levels === 0) return false
  if (isSeq(node)) return node.items.every((item) => isSmall(item as Node, levels - 1))
  return isMap(node) && node.items.every(({ value }) => isSmall(value as Node, levels - 1))
}

/** About how many characters it takes on one line; Chinese ones are twice as wide. */
function widthOf(node: Node): number {
  if (isScalar(node)) return [...String(node.value)].reduce((sum, each) => sum + (each > '\u2e80' ? 2 : 1), 2)
  if (isSeq(node)) return node.items.reduce<number>((sum, item) => sum + widthOf(item as Node) + 2, 2)
  if (!isMap(node)) return 0
  return node.items.reduce((sum, { key, value }) => sum + widthOf(key as Node) + widthOf(value as Node) + 2, 4)
}

/** Where the line begins on which it stands, and the key before it. */
function indentOf(path: readonly unknown[]): number {
  const key = path.at(-1)
  return path.filter(isPair).length * 2 + (isPair(key) ? widthOf(key.key as Node) : 0)
}
