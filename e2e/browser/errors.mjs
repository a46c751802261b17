// The pages that say no must be as accessible as the others.
import { sound, valid, watch } from './page.mjs'
import { createServer } from 'node:http'

// mistakes are requests that are mistaken, with their status.
const mistakes = [
  ['/{lang}/nothing', 404], ['/{lang}/commitments/XX9999', 404], ['/{lang}/members/nobody', 404], ['/{lang}/plans/none-1', 404], ['/{lang}/tags/none', 404],
  ['/{lang}/commitments?region=atlantis', 400], ['/{lang}/commitments?year=abc', 400], ['/{lang}/commitments?cursor=xyz', 400],
]

async function answer(tally, page, where, lang, response, status) {
  tally.check(where, `answers ${status}`, response?.status() === status ? '' : `it is ${response?.status()}`)
  await sound(tally, page, where, lang)
  await valid(tally, where, await response.text())
}

// pages are the mistakes of one language, and a request with a method that is not taken.
export function errorPages(tally, base, lang) {
  return [...mistakes.map(([pattern, status]) => async (page) => {
    const path = pattern.replace('{lang}', lang)
    const seen = watch(page, base)
    await page.setViewportSize({ width: 320, height: 640 })
    await answer(tally, page, path, lang, await page.goto(base + path, { waitUntil: 'load' }), status)
    seen.stop()
    tally.check(path, 'asks nobody else', seen.foreign.join(' '))
  }), async (page) => {
    const path = `/${lang}/members`
    await page.route(base + path, (route) => route.continue({ method: 'POST' }))
    await answer(tally, page, `POST ${path}`, lang, await page.goto(base + path, { waitUntil: 'load' }), 405)
    await page.unroute(base + path)
  }]
}

// foreignForm posts a form from another site, as a browser does it.
export async function foreignForm(tally, page, base, lang) {
  const path = `/${lang}/members`
  const server = createServer((_, out) => out.end(`<!doctype html><title>elsewhere</title><form method="post" action="${base}${path}"><button>send</button></form>`))
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  try {
    await page.goto(`http://localhost:${server.address().port}/`)
    const [response] = await Promise.all([page.waitForNavigation(), page.click('button')])
    await answer(tally, page, `POST ${path} from another site`, lang, response, 403)
  } finally {
    server.close()
  }
}

// broken is for a server whose database is gone.
export async function broken(tally, page, base, languages) {
  for (const lang of languages) {
    const response = await page.goto(`${base}/${lang}/members`, { waitUntil: 'load' })
    tally.check(`/${lang}/members without a database`, 'answers 5xx', response.status() >= 500 ? '' : `it is ${response.status()}`)
    await sound(tally, page, `/${lang}/members without a database`, lang)
    await valid(tally, `/${lang}/members without a database`, await response.text())
    tally.check(`/${lang}/members without a database`, 'tells nothing from inside', /sql|pgx|\.go\b|goroutine/i.test(await response.text()) ? 'it does' : '')
  }
}
