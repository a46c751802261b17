// What was checked, and what did not hold.

export class Tally {
  passed = 0
  faults = []
  byCheck = new Map() // what is checked, to how often it held

  // check notes that something held, or what is wrong about it ('' for nothing).
  check(where, what, problem) {
    if (problem) {
      this.faults.push(`${where}: ${what}: ${problem}`)
      console.log(`FAIL ${where}: ${what}: ${problem}`)
      return
    }
    this.passed++
    this.byCheck.set(what, (this.byCheck.get(what) ?? 0) + 1)
  }

  print() {
    for (const [what, n] of [...this.byCheck].sort()) console.log(`${String(n).padStart(6)}  ${what}`)
    console.log(`browser: ${this.passed} passed, ${this.faults.length} failed`)
  }
}

// share does the tasks with a few workers; each worker gets a page of its own.
export async function share(tasks, workers, open) {
  const queue = [...tasks]
  await Promise.all(Array.from({ length: Math.min(workers, queue.length) }, async () => {
    const page = await open()
    for (let task = queue.shift(); task; task = queue.shift()) await task(page)
    await page.close()
  }))
}
