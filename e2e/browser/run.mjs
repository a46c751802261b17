// Checks every public page in a real browser. The list of pages is the program's
// own route table, so no page can be forgotten.
//
//   node run.mjs --base http://127.0.0.1:8080 --routes routes.json [--shots DIR]
//
// For each sample of each page, in each language and at 320 and 1280 pixels:
// no axe violation, no sideways scroll, no request to anybody else, no console
// error. Once for each page and language: html-validate finds nothing, and with
// JavaScript off the page says the same words.
import { readFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { HtmlValidate } from 'html-validate'
import { journeys } from './journeys.mjs'

const args = Object.fromEntries(process.argv.slice(2).join('\n').split(/^--/m).filter(Boolean).map((a) => a.trim().split('\n')))
const base = args.base.replace(/\/$/, '')
const routes = JSON.parse(readFileSync(args.routes, 'utf8')).filter((r) => r.page)
const languages = (args.languages ?? 'en,fr,es,ar,en-XA,ar-XB').split(',')
const widths = [320, 1280]
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
  },
})

let passed = 0
const faults = []
function check(where, what, problem) {
  if (!problem) { passed++; return }
  faults.push(`${where}: ${what}: ${problem}`)
  console.log(`FAIL ${where}: ${what}: ${problem}`)
}

const inLanguage = (path, lang) => path.replace(/^\/en(?=\/|$)/, `/${lang}`)

async function words(page) {
  return (await page.evaluate(() => document.body.innerText)).replace(/\s+/g, ' ').trim()
}

async function checkPage(page, path, lang, width, shots) {
  const where = `${path} ${width}px`
  const foreign = []
  const noise = []
  page.removeAllListeners('request')
  page.removeAllListeners('console')
  page.on('request', (r) => { if (!r.url().startsWith(base) && !r.url().startsWith('data:')) foreign.push(r.url()) })
  page.on('console', (m) => { if (m.type() === 'error' && !m.text().includes('status of 4')) noise.push(m.text()) })
  await page.setViewportSize({ width, height: width === 320 ? 640 : 900 })
  await page.goto(base + path, { waitUntil: 'load' })
  check(where, 'asks nobody else', foreign.join(' '))
  check(where, 'has no console error', noise.join(' '))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  check(where, 'needs no sideways scroll', wide > 0 ? `${wide} px too wide` : '')
  const html = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])
  check(where, 'names its language and direction', html[0] === lang && html[1] === (lang.startsWith('ar') ? 'rtl' : 'ltr') ? '' : html.join(' '))
  // axe is evaluated through the debugger, which the page's own policy does not bind.
  await page.evaluate(axeSource)
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), axeTags)
  check(where, 'has no axe violation', result.violations.map((v) => `${v.id} ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`).join('; '))
  if (shots) {
    await page.screenshot({ path: join(shots, `${path.replace(/[^\w.-]+/g, '_')}-${width}.png`), fullPage: true })
  }
}

async function checkSource(path) {
  const response = await fetch(base + path, { headers: { 'Accept-Encoding': 'identity' } })
  const report = await htmlvalidate.validateString(await response.text(), path)
  const messages = report.results.flatMap((r) => r.messages).filter((m) => m.severity === 2)
  check(path, 'is valid HTML', messages.slice(0, 5).map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`).join('; '))
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
if (args.shots) mkdirSync(args.shots, { recursive: true })
try {
  const on = await browser.newContext({ bypassCSP: true })
  const off = await browser.newContext({ javaScriptEnabled: false })
  const page = await on.newPage()
  const plain = await off.newPage()
  for (const route of routes) {
    check(route.pattern, 'has a sample to look at', route.samples.length ? '' : 'none')
    for (const [n, sample] of route.samples.entries()) {
      for (const lang of n === 0 ? languages : languages.slice(0, 1)) {
        const path = inLanguage(sample, lang)
        for (const width of widths) await checkPage(page, path, lang, width, n === 0 ? args.shots : undefined)
        await checkSource(path)
        await plain.goto(base + path, { waitUntil: 'load' })
        await plain.setViewportSize({ width: 1280, height: 900 })
        const without = await plain.locator('body').innerText()
        check(path, 'says the same with JavaScript off', without.replace(/\s+/g, ' ').trim() === await words(page) ? '' : 'the words differ')
      }
    }
  }
  for (const journey of journeys) {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const walker = await context.newPage()
    let problem = ''
    try { await journey.walk(walker, base) } catch (error) { problem = error.message.split('\n')[0] }
    check(`journey ${journey.name}`, 'arrives by keyboard alone, JavaScript off', problem)
    await context.close()
  }
} finally {
  await browser.close()
}
console.log(`browser: ${passed} passed, ${faults.length} failed`)
process.exit(faults.length ? 1 : 0)
