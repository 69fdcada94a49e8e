/** Documents as trees that can be compared: what a browser makes of them, without blanks between tags. */

import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { Fragment, h, type VNode } from 'preact'

export type Element = { tag: string; classes: string[]; attributes: Record<string, string>; children: Node[] }
export type Node = Element | string

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function treeOf(node: DefaultTreeAdapterTypes.ChildNode): Node[] {
  if (node.nodeName === '#text') {
    const { value, parentNode } = node as DefaultTreeAdapterTypes.TextNode
    // What was typed keeps its blanks and its lines.
    return [parentNode?.nodeName === 'textarea' ? value : oneLine(value)].filter(Boolean)
  }
  if (!('tagName' in node)) return []
  const { class: classes = '', ...attributes } = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
  return [
    {
      tag: node.tagName,
      classes: classes.split(/\s+/).filter(Boolean),
      attributes,
      children: node.childNodes.flatMap(treeOf),
    },
  ]
}

/** The elements and texts of a piece of HTML. */
export const parse = (html: string): Node[] => parseFragment(html).childNodes.flatMap(treeOf)

/** The first element that fits, from the outside in. */
export function findElement(nodes: readonly Node[], fits: (element: Element) => boolean): Element | undefined {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    const found = fits(node) ? node : findElement(node.children, fits)
    if (found) return found
  }
  return undefined
}

/** HTML that a fixture gives as an option, as what our components take instead. */
export function nodesOf(html: string): VNode {
  const draw = (node: Node): VNode | string =>
    typeof node === 'string'
      ? node
      : h(node.tag, { ...node.attributes, class: node.classes.join(' ') || undefined }, ...node.children.map(draw))
  return h(Fragment, null, ...parse(html).map(draw))
}

/** One line for each tag and text, attributes and classes in order, so that two trees differ by lines. */
export function write(nodes: readonly Node[], classOf: (name: string) => string, depth = 0): string[] {
  return nodes.flatMap((node) => {
    const indent = '  '.repeat(depth)
    if (typeof node === 'string') return [indent + node]
    const classes = [...new Set(node.classes.map(classOf).filter(Boolean))].sort()
    const attributes = Object.entries(node.attributes)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => ` ${name}="${value}"`)
    const line = `${indent}<${node.tag}${attributes.join('')}>${classes.map((name) => `.${name}`).join('')}`
    return [line, ...write(node.children, classOf, depth + 1)]
  })
}

/** Every option that a fixture sets, by its place: `items[].hint.text`. What is empty or absent is not set, nor what is nothing in a list. */
export function placesOf(options: unknown, place = ''): string[] {
  if (options === null || options === undefined || options === '') return []
  if (Array.isArray(options))
    return [...new Set(options.filter(Boolean).flatMap((each) => placesOf(each, `${place}[]`)))]
  if (typeof options !== 'object') return [place]
  return Object.entries(options).flatMap(([name, value]) => placesOf(value, place ? `${place}.${name}` : name))
}

/** What a fixture sets at a place that `placesOf` tells. */
export const valuesAt = (options: unknown, place: string): unknown[] =>
  place
    .split(/\.|(?=\[\])/)
    .reduce<unknown[]>(
      (found, name) =>
        found
          .filter((each) => each !== null && each !== undefined)
          .flatMap((each) => (name === '[]' ? (each as unknown[]) : [(each as Record<string, unknown>)[name]])),
      [options],
    )
