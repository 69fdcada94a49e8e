import { defineModule } from '#platform'

export default defineModule({
  name: 'estimates',
  summary: 'The Estimates: imported, checked, explained, published, and joined to the systems that they pay for.',
  uses: [],
  routes: [],
  permissions: {
    'estimates:import-document': { en: 'Import a Head of the Estimates', 'zh-Hant': '匯入預算總目' },
    'estimates:explain-difference': { en: 'Sign the explanation of a difference', 'zh-Hant': '簽署差異的解釋' },
  },
})
