// PLACEHOLDER by the founder until the designer's file replaces it.
import type { ComponentChildren } from 'preact'
import { usePage } from '../../page.tsx'
export function Page({
  title,
  children,
}: {
  title: string
  wide?: boolean
  error?: boolean
  children?: ComponentChildren
}) {
  const { language } = usePage()
  return (
    <html lang={language}>
      <head>
        <title>{title}</title>
      </head>
      <body>{children}</body>
    </html>
  )
}
