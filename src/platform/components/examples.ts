import type { VNode } from 'preact'

/** What the style page, the render test and axe show of a component. */
export type Example = { name: string; render: () => VNode }

/** By the name of the component. */
export type Examples = Readonly<Record<string, readonly Example[]>>
