// The journeys of those who work here, walked with the keys alone and without JavaScript.
import { heading, must, press, tabTo } from './keys.mjs'
import { code, letter, letters } from './sign_in.mjs'

const field = { role: /textbox|spinbutton/ }
const button = { role: /button/ }

async function signIn(page, base, data, mail) {
  const before = letters(data)
  await page.goto(`${base}/en/sign-in`)
  await tabTo(page, /e-mail address/i, field)
  await page.keyboard.type(mail)
  await press(page, 'Enter')
  const link = new URL(await letter(data, mail, /https?:\/\/\S+\/sign-in\/link\?token=[\w-]+/, before))
  await page.goto(base + link.pathname + link.search)
  await tabTo(page, /sign in/i, button)
  await press(page, 'Enter')
}

async function enrol(page, base) {
  await page.goto(`${base}/en/account/factor`)
  await tabTo(page, /set up/i, button)
  await press(page, 'Enter')
  const secret = (await page.locator('main').innerText()).match(/([A-Z2-7]{4} ){7}[A-Z2-7]{4}/)?.[0]
  must(secret, 'no secret is shown')
  await tabTo(page, /code that the app shows/i, field)
  await page.keyboard.type(code(secret))
  await press(page, 'Enter')
}

export const workJourneys = [
  {
    name: 'sign in',
    async walk(page, base, data) {
      await signIn(page, base, data, 'facilitator@avow.example')
      await page.goto(`${base}/en/account`)
      must(page.url().endsWith('/en/account'), `landed on ${page.url()}`)
    },
  },
  {
    name: 'report progress',
    async walk(page, base, data) {
      await signIn(page, base, data, 'reporter-b@avow.example')
      await enrol(page, base)
      await page.goto(`${base}/en/work/reports/esperia-1/2026-1/XEP0002/all/progress`)
      await tabTo(page, /not started/i, { role: /radio/ })
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await tabTo(page, /what was done.*english|english/i, field)
      await page.keyboard.type('Thirty hospitals publish.')
      await page.keyboard.press('Tab')
      await page.keyboard.type('Trente hôpitaux publient.')
      await tabTo(page, /keep and go on/i, button)
      await press(page, 'Enter')
      must(/obstacles/.test(page.url()), `landed on ${page.url()}: ${(await page.locator('main').innerText()).slice(0, 300)}`)
      await page.goto(`${base}/en/work/reports/esperia-1/2026-1/XEP0002/all/check`)
      await tabTo(page, /^send the report/i, button)
      await press(page, 'Enter')
      await page.goto(`${base}/en/commitments/XEP0002/reports`)
      must(/Thirty hospitals publish/.test(await page.locator('main').innerText()), `the report is not on "${await heading(page)}"`)
    },
  },
]
