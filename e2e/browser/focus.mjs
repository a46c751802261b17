// Where the focus is must be seen: it changes the picture, strongly enough, it is
// not hidden, it goes through the page in reading order, and it gets out again.

const most = 400 // presses of Tab on one page

// inside tells about the focused element; runs in the page.
const inside = () => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  e.dataset.stop ??= String((window.stops = (window.stops ?? 0) + 1))
  const kind = `${e.tagName.toLowerCase()}.${e.className} in ${e.parentElement.tagName.toLowerCase()}.${e.parentElement.className} in ${e.closest('header, main, footer, nav, section')?.tagName.toLowerCase()}`
  const boxes = [...e.getClientRects()].filter((b) => b.width && b.height)
  const within = (b) => Math.min(b.bottom, innerHeight) - Math.max(b.top, 0) >= b.height / 2 && Math.min(b.right, innerWidth) - Math.max(b.left, 0) >= b.width / 2
  const shown = boxes.some(within)
  const covered = boxes.filter(within).every((b) => {
    const top = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2)
    return !top || !(e.contains(top) || top.contains(e) || top.tagName === 'LABEL')
  })
  return { stop: Number(e.dataset.stop), kind, name: (e.innerText || e.name || e.id || '').trim().slice(0, 40), shown, covered }
}

// difference counts the pixels that changed and how strong the strongest tenth of
// the changes is, as a contrast ratio; runs in a page of its own.
const difference = async ([before, after]) => {
  const read = async (data) => {
    const picture = new Image()
    picture.src = `data:image/png;base64,${data}`
    await picture.decode()
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const ctx = canvas.getContext('2d')
    ctx.drawImage(picture, 0, 0)
    return ctx.getImageData(0, 0, picture.width, picture.height).data
  }
  const [a, b] = [await read(before), await read(after)]
  const light = (d, i) => [0.2126, 0.7152, 0.0722].reduce((sum, w, k) => {
    const c = d[i + k] / 255
    return sum + w * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  }, 0)
  const ratios = []
  for (let i = 0; i < Math.min(a.length, b.length); i += 4) {
    if (a[i] === b[i] && a[i + 1] === b[i + 1] && a[i + 2] === b[i + 2]) continue
    const [x, y] = [light(a, i), light(b, i)]
    ratios.push((Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05))
  }
  ratios.sort((p, q) => q - p)
  return { pixels: ratios.length, strong: ratios.filter((r) => r >= 3).length }
}

// visible compares the page with the focus on the element and without.
async function visible(page, judge) {
  const box = await page.evaluate(() => {
    const b = document.activeElement.getBoundingClientRect()
    const grow = 8
    const x = Math.max(0, b.left - grow)
    const y = Math.max(0, b.top - grow)
    return { x, y, width: Math.min(innerWidth, b.right + grow) - x, height: Math.min(innerHeight, b.bottom + grow) - y }
  })
  if (box.width < 1 || box.height < 1) return 'it lies outside of the window'
  const shot = async () => (await page.screenshot({ clip: box, caret: 'hide' })).toString('base64')
  const on = await shot()
  await page.evaluate(() => { window.last = document.activeElement; window.at = [scrollX, scrollY]; window.last.blur() })
  const off = await shot()
  await page.evaluate(() => { window.last.focus({ preventScroll: true }) })
  const { pixels, strong } = await judge.evaluate(difference, [off, on])
  const edge = Math.min(2 * (box.width + box.height - 32), 120) // a line of one pixel around it
  return strong >= edge ? '' : `${pixels} pixels change, ${strong} of them by 3:1 or more; ${Math.round(edge)} are needed`
}

// seen makes the check for one page; known holds the kinds that were looked at already.
export async function seen(tally, page, judge, base, path, scheme, width, known) {
  const where = `${path} ${scheme} ${width}px`
  await page.setViewportSize({ width, height: width === 320 ? 640 : 900 })
  await page.goto(base + path, { waitUntil: 'load' })
  const all = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((e, i, every) => e.checkVisibility() && (e.type !== 'radio' || every.findIndex((o) => o.type === 'radio' && o.name === e.name) === i)).length) // Tab stops once at a group
  const problems = []
  let stops = 0
  let out = false
  let last = 0
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(inside)
    if (at && at.stop === last) continue // a date has a stop for each of its parts
    if (!at || at.stop < last) { out = true; break } // it has left the page, or begins again
    stops++
    last = at.stop
    if (!at.shown) problems.push(`"${at.name}" is out of sight when it has the focus`)
    else if (at.covered) problems.push(`"${at.name}" is covered when it has the focus`)
    const key = `${scheme} ${width} ${at.kind}`
    if (known.has(key)) continue
    known.add(key)
    tally.check(`${where} ${at.kind} "${at.name}"`, 'shows the focus', await visible(page, judge))
  }
  tally.check(where, 'never hides the focus', problems.slice(0, 3).join('; '))
  tally.check(where, 'lets the focus out again', out ? '' : `still inside after ${most} presses of Tab`)
  tally.check(where, 'lets the focus reach everything', stops === all ? '' : `${stops} stops for ${all} things to press`)
  const order = await page.evaluate(() => {
    const found = [...document.querySelectorAll('[data-stop]')].map((e) => Number(e.dataset.stop))
    return found.every((n, i) => i === 0 || n > found[i - 1]) ? '' : 'it jumps'
  })
  tally.check(where, 'goes through the page in reading order', order)
}
