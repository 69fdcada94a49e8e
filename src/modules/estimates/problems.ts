import { problems } from '#platform'

export const problem = problems('estimates', {
  'document-not-found': [
    404,
    {
      en: 'This Head is not loaded for this year. The list of Heads shows which are.',
      'zh-Hant': '這個年度沒有載入這個總目。總目一覽列出已載入的各項。',
    },
  ],
  'year-not-found': [404, { en: 'No Head is loaded for this year.', 'zh-Hant': '這個年度沒有載入任何總目。' }],
  'part-not-found': [404, { en: 'This Head has no such part.', 'zh-Hant': '這個總目沒有這個部分。' }],
  'cell-not-found': [
    404,
    {
      en: 'This Head has no such number. It may come from another import; choose it again on the page of the Head.',
      'zh-Hant': '這個總目沒有這個數字，可能來自另一次匯入；請回到總目一頁重新選取。',
    },
  ],
  'import-not-found': [404, { en: 'There is no such import.', 'zh-Hant': '沒有這次匯入。' }],
  'file-refused': [422, { en: '{reason} Nothing was changed.', 'zh-Hant': '{reason}沒有作出任何改動。' }],
  'identity-not-found': [404, { en: 'This Head has no such identity.', 'zh-Hant': '這個總目沒有這條等式。' }],
  'identity-holds': [
    409,
    {
      en: 'This identity does not fail, so there is nothing to explain.',
      'zh-Hant': '這條等式並無不符，無須說明。',
    },
  ],
  'pdf-not-made': [
    503,
    {
      en: 'The PDF could not be made just now. The page itself prints as well; try the file again in a few minutes.',
      'zh-Hant': '暫時未能製作 PDF。網頁本身亦可列印；請過幾分鐘再試下載。',
    },
  ],
  'system-not-found': [404, { en: 'There is no system with this number.', 'zh-Hant': '沒有這個編號的系統。' }],
  'initiative-not-found': [404, { en: 'This Head has no such initiative.', 'zh-Hant': '這個總目沒有這項措施。' }],
})
