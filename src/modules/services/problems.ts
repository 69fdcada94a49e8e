import { problems } from '#platform'
import { applyingProblems } from './applying/problems.ts'
import { cohortProblems } from './cases/cohorts/problems.ts'
import { caseProblems } from './cases/problems.ts'
import { commentProblems } from './comments/problems.ts'
import { designProblems } from './designer/problems.ts'
import { fileProblems } from './files/problems.ts'
import { govstackProblems } from './govstack/problems.ts'
import { grantProblems } from './grants/problems.ts'
import { placeProblems } from './places/problems.ts'
import { roundProblems } from './rounds/problems.ts'
import { webhookProblems } from './webhooks/problems.ts'

/** Every refusal of this module: those of its parts stand in their folders. */
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
  'text-missing': [
    422,
    { en: 'There is no text in this. Write something, and send it again.', 'zh-Hant': '內容空白。請填寫後再送出。' },
  ],
  'subscriptions-full': [
    409,
    {
      en: 'You are told of changes to {max} services, which is the most. End one that you no longer need.',
      'zh-Hant': '你已訂閱 {max} 項服務，達到上限。請取消不再需要的訂閱。',
    },
  ],
  'sitemap-file-not-found': [
    404,
    {
      en: 'The sitemap has {files} files. Read /sitemap.xml for the list of them.',
      'zh-Hant': '網站地圖共有 {files} 個檔案。清單見 /sitemap.xml。',
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
  ...applyingProblems,
  ...caseProblems,
  ...cohortProblems,
  ...commentProblems,
  ...designProblems,
  ...fileProblems,
  ...govstackProblems,
  ...grantProblems,
  ...placeProblems,
  ...roundProblems,
  ...webhookProblems,
})
