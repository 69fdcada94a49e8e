import type { VNode } from 'preact'

/** What the style page, the render test and axe show of a component. */
export type Example = { name: string; render: () => VNode }
