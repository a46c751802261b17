// Checks every public page in a real browser. The list of pages is the program's
// own route table, so no page can be forgotten.
//
//   node run.mjs --base http://127.0.0.1:8080 --routes routes.json [--languages en,ar] [--parts pages,look,…] [--shots DIR]
//
// Parts:
//   pages     each sample in each language at 320 and 1280 px: axe, no sideways scroll, language and direction, no script, no
//             request to anybody else, no console error; html-validate; the same words with JavaScript off
//   look      one sample of each page: no text clipped or overlapped, also with the text spacing of WCAG 1.4.12 and with text
//             twice as large; targets of 24 px; contrast in dark and forced colours
//   focus     one sample of each page, narrow and wide, light, dark and forced colours: the focus is seen, never hidden, reaches everything, gets out
//   errors    pages of 400, 403, 404 and 405 in each language
//   journeys  the reading journeys, signing in and reporting by keyboard alone, JavaScript off; a passkey on an authenticator that the browser plays
//   work      pages for one signed-in person, each seen by somebody of the demonstration who may: axe, html-validate, 320 and 1280 px, Arabic
//             and the long pseudo-language (needs --data DIR, whose mail folder has the letters)
//   study     two people code the sixty commitments of study_list.mjs blind to each other, JavaScript off: the page shows the kappa that is counted here
//   broken    pages of a server whose database is gone (only when asked for)
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { broken, errorPages, foreignForm } from './errors.mjs'
import { seen } from './focus.mjs'
import { walk } from './journeys.mjs'
import { bears, bearsLarge, contrast, enlarged, schemes } from './look.mjs'
import { passkey } from './passkey.mjs'
import { soundAt, validSource, words } from './page.mjs'
import { codeTogether } from './study.mjs'
import { share, Tally } from './tally.mjs'
import { workPages } from './work.mjs'

const args = Object.fromEntries(process.argv.slice(2).join('\n').split(/^--/m).filter(Boolean).map((a) => a.trim().split('\n')))
const base = args.base.replace(/\/$/, '')
const languages = (args.languages ?? 'en,fr,es,ar,en-XA,ar-XB').split(',')
const parts = (args.parts ?? 'pages,look,focus,errors,journeys').split(',')
const workers = 2
const tally = new Tally()

const all = args.routes ? JSON.parse(readFileSync(args.routes, 'utf8')) : []
const routes = all.filter((r) => r.page)
for (const route of routes) tally.check(route.pattern, 'has a sample to look at', route.samples.length ? '' : 'none')
const inLanguage = (path, lang) => path.replace(/^\/en(?=\/|$)/, `/${lang}`)
const firsts = routes.map((r) => r.samples[0])

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const on = await browser.newContext({ bypassCSP: true })
const off = await browser.newContext({ javaScriptEnabled: false })
const open = () => on.newPage()

// widths are those at which a page is looked at: the first of a row in each
// language, in English at both, in the longest and in Arabic on a telephone.
const widths = (n, lang) => lang === 'en' ? (n === 0 ? [320, 1280] : [320]) : ['en-XA', 'ar'].includes(lang) ? [320] : [1280]

const make = {
  async pages() {
    if (args.shots) mkdirSync(args.shots, { recursive: true })
    const tasks = []
    for (const route of routes) {
      for (const [n, sample] of route.samples.entries()) {
        for (const lang of n === 0 ? languages : languages.slice(0, 1)) {
          tasks.push(async (page) => {
            const path = inLanguage(sample, lang)
            for (const width of widths(n, lang)) {
              await soundAt(tally, page, base, path, lang, width)
              if (args.shots && n === 0) await page.screenshot({ path: join(args.shots, `${path.replace(/[^\w.-]+/g, '_')}-${width}.png`), fullPage: true })
            }
            await validSource(tally, base, path)
            const other = await off.newPage()
            await other.setViewportSize(page.viewportSize()) // what is hidden on a narrow page is hidden in both
            await other.goto(base + path, { waitUntil: 'load' })
            tally.check(path, 'says the same with JavaScript off', await words(other) === await words(page) ? '' : 'the words differ')
            await other.close()
          })
        }
      }
    }
    await share(tasks, workers, open)
  },
  async look() {
    const longest = languages.includes('en-XA') ? ['en-XA', 'ar'] : languages.slice(0, 1)
    await share(firsts.flatMap((sample) => longest.map((lang) => (page) => bears(tally, page, base, inLanguage(sample, lang)))), workers, open)
    const large = await browser.newContext({ bypassCSP: true })
    await share(firsts.flatMap((sample) => longest.map((lang) => (page) => bearsLarge(tally, page, base, inLanguage(sample, lang)))), workers, async () => enlarged(await large.newPage()))
    await large.close()
    for (const [scheme, media] of schemes) {
      const context = await browser.newContext({ bypassCSP: true, ...media })
      await share(firsts.map((sample) => (page) => contrast(tally, page, base, sample, scheme)), workers, () => context.newPage())
      await context.close()
    }
  },
  async focus() {
    const judge = await on.newPage()
    const known = new Set()
    for (const [scheme, media, width] of [['light', {}, 1280], ['light', {}, 320], ['dark', { colorScheme: 'dark' }, 1280], ['forced colours', { forcedColors: 'active' }, 1280]]) {
      const context = await browser.newContext({ bypassCSP: true, ...media })
      await share(firsts.map((sample) => (page) => seen(tally, page, judge, base, sample, scheme, width, known)), 1, () => context.newPage())
      await context.close()
    }
    await judge.close()
  },
  async errors() {
    await share(languages.flatMap((lang) => errorPages(tally, base, lang)), workers, open)
    const page = await on.newPage()
    await foreignForm(tally, page, base, languages[0])
    await page.close()
  },
  async work() { await workPages(tally, browser, base, args.data, all.filter((r) => r.kind === 'work'), languages, workers) },
  async journeys() {
    await walk(tally, browser, base, args.data)
    if (args.data) await passkey(browser, base.replace('127.0.0.1', 'localhost'), { dir: join(args.data, 'mail'), check: (...all) => tally.check(...all) })
  },
  async study() { await codeTogether(tally, browser, base, args.data) },
  async broken() {
    const page = await on.newPage()
    await broken(tally, page, base, languages)
    await page.close()
  },
}

try {
  for (const part of parts) {
    const started = Date.now()
    await make[part]()
    console.log(`browser: ${part} took ${Math.round((Date.now() - started) / 1000)} s`)
  }
} finally {
  await browser.close()
}
tally.print()
process.exit(tally.faults.length ? 1 : 0)
