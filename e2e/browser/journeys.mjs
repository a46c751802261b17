// The reading journeys, walked with the keys alone and without JavaScript.
// With JavaScript off a page cannot be asked where the focus is, so the walker
// reads the browser's own accessibility tree.

// tabTo presses Tab until the focused element's accessible name matches.
async function tabTo(page, name, limit = 120) {
  const session = await page.context().newCDPSession(page)
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab')
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const focused = nodes.find((n) => n.properties?.some((p) => p.name === 'focused' && p.value.value) && n.role?.value !== 'RootWebArea')
    if (focused && name.test(focused.name?.value ?? '')) return
  }
  throw new Error(`no focus on ${name} within ${limit} presses of Tab on ${page.url()}`)
}

async function follow(page, name) {
  await tabTo(page, name)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

async function expectHeading(page, text) {
  const heading = await page.locator('h1').innerText()
  if (!text.test(heading)) throw new Error(`the heading is "${heading}", not ${text}`)
}

export const journeys = [
  {
    name: 'J1 find a government and its plan',
    async walk(page, base) {
      await page.goto(`${base}/en/`)
      await follow(page, /^Members$/)
      await expectHeading(page, /Members/)
      await follow(page, /^Lithuania/)
      await expectHeading(page, /Lithuania/)
      await follow(page, /plan/i)
    },
  },
  {
    name: 'J2 read a commitment, its ratings and its history',
    async walk(page, base) {
      await page.goto(`${base}/en/`)
      await follow(page, /^Commitments$/)
      await expectHeading(page, /Commitments/)
      await tabTo(page, /search/i)
      await page.keyboard.type('LT0031')
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    },
  },
  {
    name: 'skip link leads to the content',
    async walk(page, base) {
      await page.goto(`${base}/en/commitments`)
      await tabTo(page, /skip/i, 1)
      await page.keyboard.press('Enter')
      if (!page.url().includes('#')) throw new Error('the skip link does not lead into the page')
    },
  },
  {
    name: 'change the language and stay on the page',
    async walk(page, base) {
      await page.goto(`${base}/en/members`)
      await follow(page, /Français/)
      if (!page.url().endsWith('/fr/members')) throw new Error(`landed on ${page.url()}`)
    },
  },
]
