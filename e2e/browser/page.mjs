// What must hold of every page, whatever is on it.
import { readFileSync } from 'node:fs'
import { HtmlValidate } from 'html-validate'

const axeSource = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const htmlvalidate = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'long-title': 'off', // titles carry a commitment's own words
    'no-inline-style': 'error',
    'require-sri': 'off', // nothing comes from elsewhere
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off', // both spellings are the same document
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'no-raw-characters': 'off', // a quote in text is a quote
    'tel-non-breaking': 'off',
    'valid-id': ['error', { relaxed: true }], // a field's ID is its name: title.en
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
  },
})

// guard notes what a page asks others for and what its console says, until stop.
export function watch(page, base) {
  const foreign = []
  const noise = []
  const request = (r) => { if (!r.url().startsWith(base) && !/^(data|about):/.test(r.url())) foreign.push(r.url()) }
  const message = (m) => { if (m.type() === 'error' && !/status of [45]/.test(m.text())) noise.push(m.text()) }
  page.on('request', request)
  page.on('console', message)
  return {
    foreign, noise,
    stop() { page.off('request', request); page.off('console', message) },
  }
}

// axe runs through the debugger, which the page's own policy does not bind.
export async function axe(page, only) {
  await page.evaluate(axeSource)
  const options = { resultTypes: ['violations'], runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: axeTags } }
  const { violations } = await page.evaluate((o) => window.axe.run(document, o), options)
  return violations.map((v) => `${v.id} ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`).join('; ')
}

export const tooWide = (page) => page.evaluate(() => {
  const more = document.documentElement.scrollWidth - window.innerWidth
  return more > 0 ? `${more} px too wide` : ''
})

export async function words(page) {
  return (await page.locator('body').innerText()).replace(/\s+/g, ' ').trim()
}

// soundAt checks one page at one width, with JavaScript allowed.
export async function soundAt(tally, page, base, path, lang, width) {
  const where = `${path} ${width}px`
  const seen = watch(page, base)
  await page.setViewportSize({ width, height: width === 320 ? 640 : 900 })
  await page.goto(base + path, { waitUntil: 'load' })
  await sound(tally, page, where, lang)
  seen.stop()
  tally.check(where, 'asks nobody else', seen.foreign.join(' '))
  tally.check(where, 'has no console error', seen.noise.join(' '))
}

// sound checks the page that is open now.
export async function sound(tally, page, where, lang) {
  tally.check(where, 'needs no sideways scroll', await tooWide(page))
  const [code, dir] = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])
  tally.check(where, 'names its language and direction', code === lang && dir === (lang.startsWith('ar') ? 'rtl' : 'ltr') ? '' : `${code} ${dir}`)
  tally.check(where, 'has no axe violation', await axe(page))
  tally.check(where, 'has no script', await page.locator('script:not([src^="/assets/passkey."]), [onclick], iframe').count() ? 'it has' : '')
}

// validSource checks the page as it is sent.
export async function validSource(tally, base, path) {
  const response = await fetch(base + path, { headers: { 'Accept-Encoding': 'identity' } })
  valid(tally, path, await response.text())
}

export async function valid(tally, where, html) {
  const report = await htmlvalidate.validateString(html, where)
  const messages = report.results.flatMap((r) => r.messages).filter((m) => m.severity === 2)
  tally.check(where, 'is valid HTML', messages.slice(0, 5).map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`).join('; '))
}
