import { texts } from '#platform'

/**
 * What the importer tells a person about the source, by code. Lines are shown beside the sentence, so no sentence names
 * them. Each says what stands in the source, then what was made of it.
 */
export const findings = texts({
  // Repairs: read differently from how it stands, and provable.
  'page-header-removed': {
    en: 'The page header “{title}” comes again in the middle of the text. It is left out.',
    'zh-Hant': '正文中間重複出現頁首「{title}」，已略去。',
  },
  'leaders-stripped': {
    en: 'Dot leaders follow {count} names, the first one here. They are left out.',
    'zh-Hant': '共有 {count} 個名稱後面帶有點線，這是首個；點線已略去。',
  },
  'tags-stripped': {
    en: 'Formatting tags stand in {count} lines, the first one here. They are left out.',
    'zh-Hant': '共有 {count} 行帶有格式標籤，這是首行；標籤已略去。',
  },
  'escapes-stripped': {
    en: 'Backslashes stand before ordinary signs in {count} lines, the first one here. They are left out.',
    'zh-Hant': '共有 {count} 行在普通符號前加了反斜線，這是首行；反斜線已略去。',
  },
  'tabs-stripped': {
    en: 'Every one of the {count} lines ends with a tab. These tabs are left out.',
    'zh-Hant': '全部 {count} 行都以定位字元結尾，這些字元已略去。',
  },
  'digits-normalised': {
    en: 'Full-width digits stand in {count} lines, the first one here. They are read as ordinary digits.',
    'zh-Hant': '共有 {count} 行使用全形數字，這是首行；已當作普通數字讀取。',
  },
  'thousands-spaced': {
    en: '“{printed}” separates its thousands with a space. It is read as one number.',
    'zh-Hant': '「{printed}」以空格分隔千位，已當作一個數字讀取。',
  },
  'glyph-simplified': {
    en: 'The name “{name}” holds the Simplified character {from}. It is read as {to}.',
    'zh-Hant': '名稱「{name}」夾雜簡體字「{from}」，已讀作「{to}」。',
  },
  'name-joined': {
    en: 'The name “{name}” is broken over two lines in print. Its parts are joined.',
    'zh-Hant': '名稱「{name}」在印刷本分成兩行，已接合為一。',
  },
  'sentence-joined': {
    en: 'A sentence is broken over several lines. Its parts are joined: “{text}”.',
    'zh-Hant': '有一句分成數行，已接合為一：「{text}」。',
  },
  'percentage-joined': {
    en: 'The percentage “{text}” is split over cells or lines below its column. It is joined, and compares the estimate with the original estimate.',
    'zh-Hant': '百分率「{text}」在欄下分成數格或數行，已接合；它是預算與原來預算的比較。',
  },
  'percentages-detached': {
    en: '{count} percentages are glued to the amounts of this table. They are read as figures of their own.',
    'zh-Hant': '本表有 {count} 個百分率與金額黏在一起，已分開讀作獨立數字。',
  },
  'marks-detached': {
    en: 'The footnote marks {marks} are glued to names and numbers. They are read as references to the notes below.',
    'zh-Hant': '註釋符號 {marks} 與名稱和數字黏在一起，已讀作下方註釋的參照。',
  },
  'blank-column-dropped': {
    en: 'The table has an empty column before “{column}”. It is left out.',
    'zh-Hant': '表格在「{column}」之前有一個空欄，已略去。',
  },
  'header-inside-table': {
    en: 'A second header stands inside the table. The rows below it have the columns {columns}, other periods than the rows above.',
    'zh-Hant': '表格中間另有一行標題，其下各行的欄為 {columns}，所指期間與其上各行不同。',
  },
  'header-fused': {
    en: 'The headings of several columns are fused into “{text}”. The columns are recognised by their words and their sums.',
    'zh-Hant': '數欄的標題黏成「{text}」，已按字眼和數目辨認各欄。',
  },
  'label-empty': {
    en: 'A row of numbers has no name. It is read as the total of the rows above it.',
    'zh-Hant': '有一行數字沒有名稱，已讀作其上各行的總數。',
  },
  'paragraph-implied': {
    en: 'The numbered paragraphs begin at {first}. Paragraph 1 is the text before it, whose number is not printed.',
    'zh-Hant': '段落編號由 {first} 開始，其前的文字為第 1 段，沒有印出編號。',
  },
  'paragraph-detached': {
    en: 'The number of paragraph {number} is caught in a list or heading. It is read as a paragraph of its own.',
    'zh-Hant': '第 {number} 段的編號落入列表或標題之內，已讀作獨立段落。',
  },
  'heading-styles': {
    en: 'The heading “{text}” is set in another style ({style}) than its equals ({usual}). Headings are recognised by their words.',
    'zh-Hant': '標題「{text}」的樣式（{style}）與同類標題（{usual}）不同。標題按文字辨認。',
  },
  'list-over-header': {
    en: 'A page header cuts the list here. The list goes on below it.',
    'zh-Hant': '列表在此被頁首隔斷，其下各項已接續為同一列表。',
  },
  'list-over-blank': {
    en: 'Empty lines cut the list here. The list goes on below them.',
    'zh-Hant': '列表在此被空行隔斷，其下各項已接續為同一列表。',
  },
  'list-over-nesting': {
    en: 'The list goes on one level deeper or higher here, though its items are equals. It is read as one list.',
    'zh-Hant': '列表由此改變縮排層次，但各項並無主次之分，已讀作同一列表。',
  },
  'table-over-header': {
    en: 'A page header cuts the table here. The table goes on below it.',
    'zh-Hant': '表格在此被頁首隔斷，其下各行已接續為同一表格。',
  },
  'table-over-blank': {
    en: 'Empty lines cut the table here. The table goes on below them.',
    'zh-Hant': '表格在此被空行隔斷，其下各行已接續為同一表格。',
  },
  'note-read': {
    en: 'The line begins with {mark}, the mark of a note and not of a heading. It is bound to {names}.',
    'zh-Hant': '此行以 {mark} 開始，是註釋而非標題，已與 {names} 連繫。',
  },

  // Doubts: read one way, another is possible.
  'column-unclear': {
    en: 'The table names {expected} columns, and {rows} of its rows hold {found} numbers. Which column is lost cannot be told: {readings}. The numbers are not used.',
    'zh-Hant':
      '表格有 {expected} 欄的標題，但有 {rows} 行只有 {found} 個數字，未能確定缺失哪一欄：{readings}。這些數字不予採用。',
  },
  'policy-area-placed': {
    en: 'The sentence on policy area {number} stands between two programmes, but speaks of “these programmes”. It is read for all programmes ({programmes}).',
    'zh-Hant': '政策範圍 {number} 一句夾在兩個綱領之間，但文中說「這些綱領」，已當作適用於所有綱領（{programmes}）。',
  },
  'names-nearly-equal': {
    en: '“{one}” and “{other}” differ little. They may be the same thing. They are kept apart.',
    'zh-Hant': '「{one}」與「{other}」只差少許，可能同指一事。現時分開保留。',
  },
  'names-differ': {
    en: 'The same line is called “{one}” here and “{other}” elsewhere. The first name is kept.',
    'zh-Hant': '同一項目此處稱為「{one}」，別處稱為「{other}」。保留首個名稱。',
  },
  'code-repeated': {
    en: 'The number {code} stands at more than one row of the table. The rows are kept apart.',
    'zh-Hant': '編號 {code} 在表中出現多於一次，各行分開保留。',
  },
  'unit-assumed-million': {
    en: 'The table does not say the unit of its amounts. They are read in millions of dollars.',
    'zh-Hant': '表格沒有註明金額單位，已當作以百萬元計算。',
  },
  'unit-assumed-thousand': {
    en: 'The table does not say the unit of its amounts. They are read in thousands of dollars.',
    'zh-Hant': '表格沒有註明金額單位，已當作以千元計算。',
  },
  'header-unknown': {
    en: 'The heading “{text}” of a column names no period that can be read. Its numbers are not used.',
    'zh-Hant': '欄標題「{text}」沒有可讀的期間，該欄數字不予採用。',
  },
  'period-assumed': {
    en: 'The heading “{text}” names no date that can be read. It is taken as {period}.',
    'zh-Hant': '欄標題「{text}」沒有可讀的日期，已當作 {period}。',
  },
  'year-differs': {
    en: 'The summary says {cover}, the tables say {tables}. The document is read as that of {tables}.',
    'zh-Hant': '摘要所載年度為 {cover}，各表為 {tables}；文件已當作屬於 {tables}。',
  },
  'head-differs': {
    en: 'This line says Head {one}, the other page headers say Head {other}. It is read as Head {other}.',
    'zh-Hant': '此行載總目 {one}，其他頁首載總目 {other}；已當作總目 {other}。',
  },
  'days-differ': {
    en: 'The posts are counted on {first} and {last}, which are not the ends of the years before and of {year}.',
    'zh-Hant': '職位按 {first} 和 {last} 計算，與 {year} 年度及其上一年度的結束日期不符。',
  },
  'row-repeated': {
    en: 'The row “{name}” stands twice in the table, with the same numbers. Both are kept.',
    'zh-Hant': '「{name}」一行連同相同的數字在表內出現兩次，兩者都保留。',
  },
  'paragraph-skipped': {
    en: 'Paragraph {number} follows paragraph {previous}. The ones between are lost, or their numbers are not printed.',
    'zh-Hant': '第 {previous} 段之後是第 {number} 段，其間的段落已缺失，或沒有印出編號。',
  },

  // Losses: something is gone.
  'column-lost': {
    en: 'The column “{column}” is lost: the table names {expected} columns, its rows hold {found} numbers. It is this column, as {held} statements elsewhere agree with this reading and {broken} do not; the next best reading, without “{other}”, has {otherHeld} and {otherBroken}.',
    'zh-Hant':
      '「{column}」一欄已缺失：表格有 {expected} 欄的標題，各行卻只有 {found} 個數字。按此解讀，有 {held} 項與文件他處相符，{broken} 項不符；次佳的解讀（缺失「{other}」）為 {otherHeld} 項相符，{otherBroken} 項不符。',
  },
  'cell-lost': {
    en: 'The row “{name}” has no number in the column “{column}”.',
    'zh-Hant': '「{name}」一行在「{column}」欄沒有數字。',
  },
  'code-lost': {
    en: 'The row “{name}” has no subhead number. Addresses and data call it {subject}.',
    'zh-Hant': '「{name}」一行沒有分目編號；在網址和數據中稱為 {subject}。',
  },
  'chart-provision-lost': {
    en: 'Of the chart “{caption}” only the caption is left. It can be drawn again from the provision of the programmes.',
    'zh-Hant': '「{caption}」圖只餘標題；可用各綱領的撥款重新繪製。',
  },
  'chart-staff-lost': {
    en: 'Of the chart “{caption}” only the caption is left. The number of staff of each programme stands nowhere else in the source.',
    'zh-Hant': '「{caption}」圖只餘標題；各綱領的員工人數在文件他處沒有載列。',
  },
  'chart-establishment-lost': {
    en: 'Of the chart “{caption}” only the caption is left. Only the counts on the dates that the text names remain.',
    'zh-Hant': '「{caption}」圖只餘標題；只餘文字所載日期的數目。',
  },
  'estimate-missing': {
    en: 'The summary at the top, with the estimate of the year, is not in the source.',
    'zh-Hant': '文件沒有開首的摘要及該年度的預算總額。',
  },
  'programmes-missing': {
    en: 'No programme is in the source.',
    'zh-Hant': '文件沒有任何綱領。',
  },
  'programme-missing': {
    en: 'Programme ({number}), “{name}”, is listed, but the source says nothing more about it.',
    'zh-Hant': '綱領({number})「{name}」列於綱領名單，但文件沒有其詳情。',
  },
  'provision-missing': {
    en: 'Programme ({number}) has no table of its provision in the source.',
    'zh-Hant': '文件沒有綱領({number})的撥款表。',
  },
  'rows-missing': {
    en: 'The total “{name}” stands under its heading without any row that it adds up.',
    'zh-Hant': '總額「{name}」之上沒有任何可供相加的項目。',
  },
  'subtotal-missing': {
    en: 'No total closes the rows under “{name}”.',
    'zh-Hant': '「{name}」之下各行沒有總額。',
  },
  'analysis-missing': {
    en: 'The analysis of financial provision, with the sum of the programmes, is not in the source.',
    'zh-Hant': '文件沒有財政撥款分析，即各綱領撥款的總和。',
  },
  'subheads-missing': {
    en: 'The table of subheads is not in the source.',
    'zh-Hant': '文件沒有分目開支表。',
  },
  'breakdown-missing': {
    en: 'No breakdown of a subhead by item is in the source.',
    'zh-Hant': '文件沒有按項目列出的分目開支分析。',
  },
  'columns-missing': {
    en: 'The table lacks {count} of its four columns, heading and numbers. It has: {columns}.',
    'zh-Hant': '本表應有四欄，其中 {count} 欄連同標題已缺失。現有：{columns}。',
  },
  'note-missing': {
    en: 'The table carries the footnote mark {mark}, but no note explains it.',
    'zh-Hant': '表內印有註釋符號 {mark}，但沒有相應的註釋。',
  },
  'table-again': {
    en: 'A second table of the same kind follows the first. Both are kept; their rows may name the same things.',
    'zh-Hant': '同類的表格再次出現。兩者都保留；各行可能所指相同。',
  },
  'commitments-missing': {
    en: 'The summary names a balance of commitments, but the table of commitments is not in the source.',
    'zh-Hant': '摘要載有承擔額結餘，但文件沒有承擔額表。',
  },
  'text-cut': {
    en: 'The text ends in the middle of a sentence: “{text}”. What follows is lost.',
    'zh-Hant': '文字在句子中間結束：「{text}」，其後內容已缺失。',
  },

  // Not understood, and kept as it is.
  'line-unknown': {
    en: 'A line that the importer does not understand: “{text}”.',
    'zh-Hant': '匯入程式未能理解的一行：「{text}」。',
  },
  'row-unknown': {
    en: 'A row that does not fit its table: “{text}”.',
    'zh-Hant': '與表格不符的一行：「{text}」。',
  },
  'cell-unknown': {
    en: '“{text}” stands where a number is expected (row “{name}”, column “{column}”).',
    'zh-Hant': '「{text}」出現在應為數字的位置（「{name}」一行，「{column}」欄）。',
  },
  'figure-unknown': {
    en: 'The sentence names {printed}, and the importer does not know of what: “{text}”.',
    'zh-Hant': '句中載有 {printed}，但未能判斷所指為何：「{text}」。',
  },
})

export type FindingCode = keyof typeof findings
