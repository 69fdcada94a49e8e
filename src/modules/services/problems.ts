import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('services', {
  'service-not-found': [
    404,
    {
      en: 'There is no service of this name here. Choose one from the list, or search.',
      'zh-Hant': '這裏沒有這項服務。請從列表選擇，或搜尋。',
    },
  ],
  'source-unavailable': [
    503,
    {
      en: 'The register does not answer now. Type it yourself, and go on.',
      'zh-Hant': '登記冊現時沒有回應。請自行填寫，然後繼續。',
    },
  ],
  'no-made-up-source': [
    404,
    {
      en: 'There is no made-up register of this name here. It answers in a demonstration alone, to the programs of this installation.',
      'zh-Hant': '這裏沒有這個虛構登記冊。它只在示範環境供本系統的程式查詢。',
    },
  ],
})
