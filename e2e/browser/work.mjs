// The pages for one signed-in person must be as good as those for everybody.
import { signIn } from './sign_in.mjs'
import { soundAt, valid, words } from './page.mjs'
import { share } from './tally.mjs'

// people are those of the demonstration, the one who may most first.
const people = ['poc', 'reporter-a', 'su', 'moderator', 'facilitator', 'forum', 'admin', 'citizen']

// states signs everybody in and gives what each browser then holds.
export async function states(browser, base, data) {
  const out = {}
  for (const name of people) {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await signIn(page, base, data, `${name}@avow.example`, { strong: name !== 'citizen' })
    out[name] = await context.storageState()
    await context.close()
  }
  return out
}

// whose finds the first who is shown a page, "" when nobody is.
async function whose(held, base, path) {
  for (const name of people) {
    const cookie = held[name].cookies.map((c) => `${c.name}=${c.value}`).join('; ')
    const response = await fetch(base + path, { headers: { Cookie: cookie }, redirect: 'manual' })
    if (response.status === 200) return { name, html: await response.text() }
  }
  return { name: '' }
}

export async function workPages(tally, browser, base, data, routes, languages, workers) {
  const held = await states(browser, base, data)
  const contexts = {}
  for (const name of people) contexts[name] = [await browser.newContext({ bypassCSP: true, storageState: held[name] }), await browser.newContext({ javaScriptEnabled: false, storageState: held[name] })]
  const inLanguage = (path, lang) => path.replace(/^\/en(?=\/|$)/, `/${lang}`)
  const tasks = []
  for (const route of routes) {
    for (const [n, sample] of route.samples.entries()) {
      if (n > 0 && !route.pattern.endsWith('{step}')) break
      tasks.push(async () => {
        const { name, html } = await whose(held, base, sample)
        if (!name) return // a page of a moment: after a letter, before a code; the journeys pass them
        const [on, off] = contexts[name]
        const page = await on.newPage()
        for (const [lang, width] of [['en', 1280], ...languages.filter((l) => l === 'ar' || l === 'en-XA' && n === 0).map((l) => [l, 320])]) {
          await soundAt(tally, page, base, inLanguage(sample, lang), lang, width)
        }
        await page.goto(base + sample)
        await valid(tally, `${sample} (${name})`, html)
        const other = await off.newPage()
        await other.goto(base + sample)
        tally.check(sample, 'says the same with JavaScript off', /passkey/.test(sample) || await words(other) === await words(page) ? '' : 'the words differ')
        await other.close()
        await page.close()
      })
    }
  }
  await share(tasks, workers, () => contexts.citizen[0].newPage())
  for (const [on, off] of Object.values(contexts)) { await on.close(); await off.close() }
}
