// The reading journeys, walked with the keys alone and without JavaScript.
import { focused, follow, heading, must, press, tabTo } from './keys.mjs'
import { workJourneys } from './work_journeys.mjs'

const found = async (page) => Number((await page.locator('#results').innerText()).match(/\d+/)?.[0] ?? -1)

async function download(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  const stream = await file.createReadStream()
  let size = 0
  for await (const part of stream) size += part.length
  return { name: file.suggestedFilename(), size }
}

export const journeys = [
  {
    name: 'J1 find a government and its plan',
    async walk(page, base) {
      await page.goto(`${base}/en/`)
      await follow(page, /^Members$/)
      must(/Members/.test(await heading(page)), 'no list of members')
      await follow(page, /^Lithuania/)
      must(/Lithuania/.test(await heading(page)), 'no page of Lithuania')
      await follow(page, /^Action plan/)
      must(/\/en\/plans\/lithuania-/.test(page.url()), `landed on ${page.url()}`)
      await follow(page, /Open contracting/)
      must(page.url().endsWith('/en/commitments/LT0031'), `landed on ${page.url()}`)
    },
  },
  {
    name: 'J2 search and read a commitment, its ratings and its history',
    async walk(page, base) {
      await page.goto(`${base}/en/`)
      await tabTo(page, /search/i, { role: /searchbox|textbox/ })
      await page.keyboard.type('LT0031')
      await press(page, 'Enter')
      must(await found(page) === 1, `found ${await found(page)}`)
      await follow(page, /Open contracting/)
      for (const part of ['promise', 'status', 'history', 'review', 'source']) must(await page.locator(`#${part}`).count(), `no part ${part}`)
      await tabTo(page, /JSON/, { role: /link/ })
    },
  },
  {
    name: 'J12 look at the public record',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments/LT0031`)
      await follow(page, /record has/i)
      must(page.url().endsWith('/en/record'), `landed on ${page.url()}`)
    },
  },
  {
    name: 'filter by region, and take the filter away',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments`)
      const all = await found(page)
      await tabTo(page, /^Filters/)
      await page.keyboard.press('Enter')
      must(await page.locator('details[open]').count() === 1, 'the filters do not unfold')
      await tabTo(page, /^Region/, { role: /combobox|listbox|menu/i })
      await page.keyboard.type('Europe')
      await tabTo(page, /^Apply filters/, { role: /button/ })
      await press(page, 'Enter')
      must(/region=europe/.test(page.url()), `landed on ${page.url()}`)
      const some = await found(page)
      must(some > 0 && some < all, `${some} of ${all} are left`)
      await follow(page, /Europe.*|remove|clear/i)
      must(await found(page) === all, `${await found(page)} of ${all} after the filter is gone`)
    },
  },
  {
    name: 'go to the next page and back',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments`)
      const first = await page.locator('.hits h3').first().innerText()
      await follow(page, /^Next/)
      must(/cursor=/.test(page.url()), `landed on ${page.url()}`)
      must(await page.locator('.hits h3').first().innerText() !== first, 'the next page begins as the first')
      await page.goBack() // the browser's own key
      must(await page.locator('.hits h3').first().innerText() === first, 'the way back leads elsewhere')
    },
  },
  ...[['CSV', /^CSV/, 'csv'], ['JSON Lines', /^JSON Lines/, 'jsonl'], ['XLSX', /XLSX/, 'xlsx']].map(([label, name, ending]) => ({
    name: `download everything as ${label}`,
    async walk(page, base) {
      await page.goto(`${base}/en/`)
      await follow(page, /^Data$/)
      await tabTo(page, name, { role: /link/ })
      const file = await download(page)
      must(file.name.endsWith(`.${ending}`) && file.size > 1000, `got ${file.name} with ${file.size} bytes`)
    },
  })),
  {
    name: 'the skip link leads to the content',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments`)
      await tabTo(page, /skip/i, { limit: 1 })
      await page.keyboard.press('Enter')
      must(page.url().endsWith('#main'), 'the skip link does not lead into the page')
      await page.keyboard.press('Tab')
      const next = await focused(page)
      must(/search/i.test(next.name), `the next stop is "${next.name}", before the content`)
    },
  },
  {
    name: 'change the language and stay on the page',
    async walk(page, base) {
      await page.goto(`${base}/en/members`)
      await follow(page, /Français/)
      must(page.url().endsWith('/fr/members'), `landed on ${page.url()}`)
      await follow(page, /العربية/)
      must(page.url().endsWith('/ar/members'), `landed on ${page.url()}`)
    },
  },
  {
    name: 'leave an error page by search',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments/XX9999`)
      await tabTo(page, /search/i, { role: /searchbox|textbox/ })
      await page.keyboard.type('LT0031')
      await press(page, 'Enter')
      must(await found(page) === 1, `found ${await found(page)}`)
    },
  },
]

// walk makes every journey, each in a browser without JavaScript of its own.
export async function walk(tally, browser, base, data) {
  for (const journey of data ? [...journeys, ...workJourneys] : journeys) {
    const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true })
    const page = await context.newPage()
    let problem = ''
    try { await journey.walk(page, base, data) } catch (error) { problem = error.message.split('\n')[0] }
    tally.check(`journey ${journey.name}`, 'arrives by keyboard alone, JavaScript off', problem)
    await context.close()
  }
}
