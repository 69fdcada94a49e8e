import { texts } from '#platform'

export const words = texts({
  noSurvey: {
    en: 'The workbook has no sheet called survey. An XLSForm has one with the columns type, name and label.',
    'zh-Hant': '活頁簿沒有名為 survey 的工作表。XLSForm 須有一張，並有 type、name 和 label 欄。',
  },
  noColumn: {
    en: 'The sheet {sheet} has no column called {column}. Its first line must name its columns.',
    'zh-Hant': '工作表 {sheet} 沒有 {column} 欄。首行須為各欄名稱。',
  },
  tooManyLines: {
    en: 'The sheet survey has more than {max} lines. Divide the form into several services.',
    'zh-Hant': '工作表 survey 超過 {max} 行。請把表格分成多項服務。',
  },
  tooDeep: {
    en: 'Groups are nested more than {max} deep on line {line}.',
    'zh-Hant': '第 {line} 行的群組嵌套超過 {max} 層。',
  },
  sheet: { en: 'The sheet “{sheet}” is not taken over.', 'zh-Hant': '未有匯入工作表「{sheet}」。' },
  setting: {
    en: 'The setting “{setting}” is not taken over: “{value}”',
    'zh-Hant': '未有匯入設定「{setting}」：「{value}」',
  },
  noType: {
    en: 'This line has no type, so it is not taken over: “{words}”',
    'zh-Hant': '這行沒有 type，未有匯入：「{words}」',
  },
  disabled: {
    en: 'This line is switched off in the form, and not taken over.',
    'zh-Hant': '這行在表格中已停用，未有匯入。',
  },
  kind: {
    en: 'There is no question of the kind “{type}” here. “{name}” is not taken over.',
    'zh-Hant': '這裏沒有「{type}」類的問題。未有匯入「{name}」。',
  },
  device: {
    en: '“{type}” is filled in by the device, and nobody is asked. “{name}” is not taken over.',
    'zh-Hant': '「{type}」由裝置填寫，不會詢問。未有匯入「{name}」。',
  },
  noName: { en: 'This line has no name. One was made from its label.', 'zh-Hant': '這行沒有 name，已按標籤取名。' },
  twice: {
    en: 'The name “{name}” stands on another line too. This one has a number behind it here, and conditions are taken to mean the first.',
    'zh-Hant': '另一行也用名稱「{name}」。這個在此加上編號，條件中的該名稱視為指首個。',
  },
  noLabel: { en: 'There is no label. The name “{name}” stands for it.', 'zh-Hant': '沒有標籤，以名稱「{name}」代替。' },
  noList: {
    en: 'The list “{list}” has no choices, so an answer is typed.',
    'zh-Hant': '清單「{list}」沒有選項，因此改為輸入答案。',
  },
  fewOptions: {
    en: 'The list “{list}” has fewer than two choices, so an answer is typed. Its choice: “{options}”',
    'zh-Hant': '清單「{list}」的選項少於兩個，因此改為輸入答案。其選項：「{options}」',
  },
  manyOptions: {
    en: 'The list “{list}” has more than {max} choices, so an answer is typed.',
    'zh-Hant': '清單「{list}」的選項超過 {max} 個，因此改為輸入答案。',
  },
  orOther: {
    en: 'People could write another answer than those of the list. Add an option for it, and a question that is asked where it is chosen.',
    'zh-Hant': '原可填寫清單以外的答案。請加入該選項，並加一條選取時才問的問題。',
  },
  optionIds: {
    en: 'Choices of the list “{list}” have other names here: {names}.',
    'zh-Hant': '清單「{list}」的選項在此另有名稱：{names}。',
  },
  optionTwice: {
    en: 'The list “{list}” has the choice “{name}” twice. This one is not taken over.',
    'zh-Hant': '清單「{list}」有兩個選項「{name}」。這個未有匯入。',
  },
  optionNowhere: {
    en: 'This choice belongs to no list, or has no name. It is not taken over.',
    'zh-Hant': '這選項不屬任何清單，或沒有名稱，未有匯入。',
  },
  listUnused: {
    en: 'No question asks for the list “{list}”. It is not taken over.',
    'zh-Hant': '沒有問題使用清單「{list}」，未有匯入。',
  },
  required: {
    en: 'It is required only on a condition: {expression}. Here it may be left out.',
    'zh-Hant': '只在符合條件時必填：{expression}。在此可不填。',
  },
  constraint: {
    en: 'This part of the constraint is not taken over: {expression}',
    'zh-Hant': '限制的這部分未有匯入：{expression}',
  },
  constraintWhy: {
    en: 'The constraint is not taken over, as {why}: {expression}',
    'zh-Hant': '限制未有匯入，因為{why}：{expression}',
  },
  cell: { en: '“{column}” is not taken over: “{value}”', 'zh-Hant': '未有匯入「{column}」：「{value}」' },
  relevant: {
    en: 'The condition is not taken over, as {why}: {expression}. It is always asked.',
    'zh-Hant': '條件未有匯入，因為{why}：{expression}。一律會問。',
  },
  relevantLong: {
    en: 'The conditions together are longer than {max} characters, so the page is always asked: {expression}',
    'zh-Hant': '各項條件合計超過 {max} 個字元，因此這頁一律會問：{expression}',
  },
  sayAlways: {
    en: 'The text is shown whatever was answered. Its condition is not taken over: {expression}',
    'zh-Hant': '不論答案如何都會顯示文字。條件未有匯入：{expression}',
  },
  inList: {
    en: 'In a list of things every question is asked. The condition is not taken over: {expression}',
    'zh-Hant': '清單內的問題一律會問。條件未有匯入：{expression}',
  },
  sayNowhere: {
    en: 'No page follows or is in which the text could stand: “{words}”',
    'zh-Hant': '沒有可放置文字的頁：「{words}」',
  },
  titleNowhere: {
    en: 'The title of the group stands on no page, as none of its pages has several questions: “{words}”',
    'zh-Hant': '群組各頁都只有一條問題，標題沒有位置：「{words}」',
  },
  calculate: {
    en: 'The calculation is not taken over, as {why}: {expression}',
    'zh-Hant': '計算未有匯入，因為{why}：{expression}',
  },
  calculateKind: {
    en: 'it gives neither a text, a number, a date nor yes or no',
    'zh-Hant': '所得並非文字、數字、日期或是非',
  },
  calculateMax: { en: 'a form calculates at most {max} values', 'zh-Hant': '表格最多計算 {max} 個值' },
  calculateInList: { en: 'it stands in a list of things', 'zh-Hant': '它在清單之內' },
  calculateAlways: {
    en: 'It is calculated whatever was answered. Its condition is not taken over: {expression}',
    'zh-Hant': '不論答案如何都會計算。條件未有匯入：{expression}',
  },
  listInList: {
    en: 'A list of things cannot have another one in it. “{name}” is not taken over, up to line {until}.',
    'zh-Hant': '清單之內不可再有清單。未有匯入「{name}」，至第 {until} 行。',
  },
  listEmpty: {
    en: 'The list of things “{name}” asks nothing that can be taken over.',
    'zh-Hant': '清單「{name}」沒有可匯入的問題。',
  },
  listCount: {
    en: 'How many there are is not taken over: {expression}. Up to {max} can be added.',
    'zh-Hant': '數目未有匯入：{expression}。最多可加 {max} 項。',
  },
  listPages: {
    en: 'Each thing of a list has at most {max} pages. “{name}” is not taken over.',
    'zh-Hant': '清單每項最多 {max} 頁。未有匯入「{name}」。',
  },
  noBegin: { en: 'Nothing is open that this line could end.', 'zh-Hant': '這行沒有可結束的群組。' },
  wrongEnd: {
    en: 'This line ends something of another kind. It is taken to end what was opened last, on line {line}.',
    'zh-Hant': '這行的類別與開首不符，視為結束第 {line} 行開始的群組。',
  },
  noEnd: {
    en: 'Nothing ends what begins here. It is taken to go on to the last line.',
    'zh-Hant': '這裏開始的群組沒有結束，視為直至最後一行。',
  },
})
