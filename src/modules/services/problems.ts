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
  'topic-not-found': [
    404,
    {
      en: 'There is no such audience or moment of life here. Choose one from the list of services.',
      'zh-Hant': '這裏沒有這個服務對象或人生階段。請從服務列表選擇。',
    },
  ],
  'department-not-found': [
    404,
    {
      en: 'There is no such department here. Choose one from the list.',
      'zh-Hant': '這裏沒有這個部門。請從列表選擇。',
    },
  ],
})
