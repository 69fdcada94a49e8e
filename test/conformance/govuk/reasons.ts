/** Why a component of theirs, or an option of one, has no counterpart in ours. */

const frame = 'The same on every page, made from the address and the government: no caller gives what it holds'

/** Components of theirs that are not compared: what stands in its place, and why. */
export const notCompared: Record<string, { ours?: string; reason: string }> = {
  accordion: {
    ours: 'Details',
    reason: 'Sections are `Details`, one under another: each opens by itself, without a script',
  },
  'cookie-banner': { reason: 'No cookie is set that needs consent' },
  'exit-this-page': { reason: 'No service is for people who are watched by somebody near them' },
  feedback: {
    ours: 'Useful',
    reason:
      'It asks whether a service was useful, and its two answers are links to a small form: theirs holds any text',
  },
  footer: { ours: 'Footer', reason: frame },
  'generic-header': { ours: 'Header', reason: frame },
  header: { ours: 'Header', reason: frame },
  'inset-text': { reason: 'No page sets a text apart' },
  panel: {
    ours: 'NotificationBanner',
    reason:
      'What was sent or decided is news in a banner, which is a status and is heard; the heading of the page stays',
  },
  'phase-banner': { ours: 'DemonstrationBanner', reason: 'It says one thing, in words that no caller gives' },
  'service-navigation': {
    ours: 'Header, its navigation',
    reason: `${frame}; nothing of it folds behind a button, so that it needs no script`,
  },
}

/** Why we have no such option: by component and place, `input prefix.html`. The first that fits. */
export const notExpressible: readonly [RegExp, string][] = [
  [/^button isStartButton/, 'A start is a button like others: what it says tells what begins'],
  [
    /^(button|back-link|breadcrumbs|language-navigation) classes/,
    'No band of a page is dark, and no caller gives classes',
  ],
  [/^(radios|checkboxes) .*classes/, 'Options have one size, large enough to press, and stand one under another'],
  [/^(input|password-input) classes/, 'An answer has one of four widths; no caller gives classes'],
  [/^tag classes/, 'A colour repeats what a state means: there are no more colours than meanings'],
  [/classes$/i, 'No caller gives classes: components have kinds'],
  [/html$/i, 'One text in the language of the page: markup in it could not be translated and checked'],
  [/attributes(\.|$)/i, 'No caller gives attributes of its own'],
  [/describedBy/, 'A field is described by its own hint and mistake only'],
  [/^warning-text iconFallbackText/, 'The hidden word is always “Warning:”, in the language of the page'],
  [/^password-input .*Text$/, 'There is no button that would say it'],
  [/^error-message visuallyHiddenText/, 'The word before a mistake is always “Error:”, in the language of the page'],
  [
    /^pagination items\[\]\.visuallyHiddenText|^pagination landmarkLabel/,
    'A page is “Page 2”, and the list has one name, in the language of the page',
  ],
  [
    /^pagination (previous|next)\.(text|labelText)/,
    'Steps lead through pages of a list, and say so in the same words everywhere',
  ],
  [/^(radios|checkboxes) items\[\]\.(divider|behaviour|exclusive)/, 'No question has an option that excludes others'],
  [/^select items\[\]\.disabled/, 'What cannot be chosen is not shown'],
  [/^date-input (day|month|year)$/, 'A date has its three parts'],
  [
    /^date-input (day|month|year|values|items\[\])\./,
    'Names, labels and limits of the parts are made from the field and the language',
  ],
  [/^(radios|checkboxes) items\[\]\./, 'Made from the name of the field, and the same for all its options'],
  [/disabled$/, 'Nothing is shown that cannot be used'],
  [
    /^character-count (maxwords|threshold|countType|countMessage|textareaDescription|.*Limit)/,
    'The server counts characters, as the limit of the form does; words have no limit, as Chinese does not divide them',
  ],
  [/spellcheck$/, 'A text of several lines is always checked'],
  [/^file-upload /, 'One file for a question, with the control of the browser, which speaks its language'],
  [/^summary-list card\./, 'A list stands under a heading of the page'],
  [/^tabs (id|idPrefix)/, 'Sections are named one by one, as their addresses are shared'],
  [/^notification-banner titleHeadingLevel/, 'A banner is a section of the page: its heading is of the second level'],
  [/^notification-banner (role|type|disableAutoFocus)/, 'The tone says the role; no banner takes the focus'],
  [/^breadcrumbs (collapseOnMobile|labelText)/, 'A trail folds by itself, and has one name'],
  [/^error-summary description/, 'Each mistake is told in the list, and nothing besides'],
  [/^fieldset role/, 'Radios and checkboxes are a group by themselves; a date says it, as browsers differ'],
  [/^language-navigation ariaLabel/, 'Named in the language of the page'],
  [/^language-navigation items\[\]\.dir/, 'No language of ours is written from the right'],
  [
    /^table .*(rowspan|colspan)/,
    'A cell is one row and one column: what spans is heard wrongly, and cannot fold on a telephone',
  ],
]
