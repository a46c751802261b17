// Walking a page with the keys alone. With JavaScript off a page cannot be asked
// where the focus is: then the browser's own accessibility tree tells.

const sessions = new WeakMap()

async function session(page) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page))
  return sessions.get(page)
}

// focused gives the role and name of what has the focus.
export async function focused(page) {
  const { nodes } = await (await session(page)).send('Accessibility.getFullAXTree')
  const node = nodes.find((n) => n.properties?.some((p) => p.name === 'focused' && p.value.value) && n.role?.value !== 'RootWebArea')
  return node ? { role: node.role?.value, name: node.name?.value ?? '', value: node.value?.value ?? '' } : { role: '', name: '', value: '' }
}

// tabTo presses Tab until the focus is on something of that name and role.
export async function tabTo(page, name, { role = /./, limit = 150, key = 'Tab' } = {}) {
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press(key)
    const at = await focused(page)
    if (at.name && name.test(at.name) && role.test(at.role)) return at
  }
  throw new Error(`no focus on ${name} within ${limit} presses of ${key} on ${page.url()}`)
}

// press does something that leads to another page and waits for it.
export async function press(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)])
}

export async function follow(page, name, options) {
  await tabTo(page, name, { role: /link/, ...options })
  await press(page, 'Enter')
}

export async function heading(page) {
  return (await page.locator('h1').innerText()).trim()
}

export function must(holds, problem) {
  if (!holds) throw new Error(problem)
}
