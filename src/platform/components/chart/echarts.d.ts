// The single parts of echarts, which its types leave out.
declare module 'echarts/lib/*' {
  import type { use } from 'echarts/core'
  export const install: Extract<Parameters<typeof use>[0], (...given: never[]) => unknown>
}
