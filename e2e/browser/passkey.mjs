// Makes a passkey and signs in with it, on an authenticator that the browser
// plays (CDP, domain WebAuthn). base needs a name: http://localhost:PORT.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// letters reads the mails that the program laid down in a folder, newest last.
export const letters = (dir) => readdirSync(dir).filter((f) => f.endsWith('.eml')).sort().map((f) => readFileSync(join(dir, f), 'utf8'))

// newest gives the newest mail to an address, waiting for the relay.
export async function newest(dir, address, before = 0) {
  for (let i = 0; i < 100; i++) {
    let all = []
    try { all = letters(dir).filter((l) => l.includes(`To: <${address}>`)) } catch { /* no folder yet */ }
    if (all.length > before) return all.at(-1)
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`no mail to ${address} in ${dir}`)
}

// signIn signs in by mail and types the code.
export async function signIn(page, base, dir, address) {
  let before = 0
  try { before = letters(dir).filter((l) => l.includes(`To: <${address}>`)).length } catch { /* no folder yet */ }
  await page.goto(`${base}/en/sign-in`)
  await page.fill('#mail', address)
  await Promise.all([page.waitForURL(/sign-in\/sent/), page.click('form[action="/en/sign-in"] button')])
  await page.fill('#code', (await newest(dir, address, before)).match(/\d{4} \d{4}/)[0])
  await Promise.all([page.waitForURL(/\/en\/work/), page.click('form[action="/en/sign-in/code"] button')])
}

// passkey walks the whole way: in by mail, a new passkey, out, in with the passkey.
// check(where, what, problem) notes each step; problem is '' when it held.
export async function passkey(browser, base, { dir, check, address = 'passkey@avow.example' }) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const errors = []
  page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()) })
  page.on('pageerror', (e) => errors.push(String(e)))
  page.on('request', (r) => { if (!r.url().startsWith(base)) errors.push(`asked ${r.url()}`) })
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  try {
    await signIn(page, base, dir, address)
    await page.goto(`${base}/en/account`)
    await Promise.all([page.waitForURL(/passkeys\/new/), page.click('form[action="/en/account/passkeys"] button')])
    check('/en/account/passkeys/new', 'shows its form once the script runs', await page.isVisible('#passkey') ? '' : 'hidden')
    await page.fill('#name', 'Virtual')
    await Promise.all([page.waitForURL(/\/en\/account\?done=passkey/), page.click('#passkey button')])
    check('/en/account', 'lists the new passkey', (await page.innerText('main')).includes('Virtual') ? '' : 'it does not')
    await Promise.all([page.waitForURL(`${base}/en/`), page.click('form[action="/en/sign-out"] button')])
    await page.goto(`${base}/en/sign-in?to=%2Fen%2Faccount`)
    await Promise.all([page.waitForURL(/sign-in\/passkey/), page.click('form[action="/en/sign-in/passkey"] button')])
    await Promise.all([page.waitForURL(`${base}/en/account`), page.click('#passkey button')])
    check('/en/account', 'is open after a sign-in with a passkey', (await page.innerText('main')).includes(address) ? '' : 'it is not')
    check('/en/sign-in/passkey', 'nobody else is asked and nothing fails in the console', errors.join('; '))
  } catch (e) {
    check('/en/sign-in/passkey', 'a passkey can be made and used', String(e).split('\n')[0] + ` at ${page.url()}`)
  }
  const off = await browser.newContext({ javaScriptEnabled: false })
  const plain = await off.newPage()
  await plain.goto(`${base}/en/sign-in`)
  await Promise.all([plain.waitForURL(/sign-in\/passkey/), plain.click('form[action="/en/sign-in/passkey"] button')])
  check('/en/sign-in/passkey', 'says without JavaScript what it needs, and leads to another way',
    await plain.isVisible('#passkey-script') && !(await plain.isVisible('#passkey')) && await plain.isVisible('main a[href^="/en/sign-in"]') ? '' : 'it does not')
  await off.close()
  await context.close()
}
