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
})
