import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { add, divide, multiply, round, subtract } from './decimals.rules.ts'

const seed = Number(process.env.TEST_SEED ?? 20261128)

/** A decimal of up to seven digits with up to five behind the point, as a whole number of hundred-thousandths. */
const parts = fc.integer({ min: -9_999_999, max: 9_999_999 })
const unit = 100_000
const decimal = (of: number) => Number(`${of}e-5`)

test('sums, differences and products of decimals are what they are on paper', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      assert.equal(add(decimal(one), decimal(other)), decimal(one + other) + 0)
      assert.equal(subtract(decimal(one), decimal(other)), decimal(one - other) + 0)
      assert.equal(multiply(decimal(one), decimal(other)), Number(`${BigInt(one) * BigInt(other)}e-10`) + 0)
    }),
    { numRuns: 5000, seed },
  )
})

test('a quotient times its divisor is the dividend again, and nothing is divided by zero', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      if (other === 0) return assert.equal(divide(one, other), null)
      const product = multiply(decimal(one), decimal(other))!
      assert.equal(divide(product, decimal(other)), decimal(one) + 0)
    }),
    { numRuns: 3000, seed },
  )
  assert.equal(divide(1, 3), 1 / 3)
  assert.equal(divide(0.3, 0.1), 3)
  assert.equal(divide(0, 0.1), 0)
})

test('rounding is that of the decimal and not of its nearest double', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 0, max: 5 }), (of, digits) => {
      const step = unit / 10 ** digits
      const away = Math.sign(of) * Math.floor((Math.abs(of) + step / 2) / step)
      assert.equal(round(decimal(of), digits, 'half up'), Number(`${away}e-${digits}`) + 0)
      assert.equal(round(decimal(of), digits, 'floor'), Number(`${Math.floor(of / step)}e-${digits}`) + 0)
      assert.equal(round(decimal(of), digits, 'ceiling'), Number(`${Math.ceil(of / step)}e-${digits}`) + 0)
    }),
    { numRuns: 3000, seed },
  )
})

test('what no double holds is null, and everything else is a number', () => {
  const any = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(any, any, (one, other) => {
      for (const result of [
        add(one, other),
        subtract(one, other),
        multiply(one, other),
        divide(one, other),
        round(one, 3, 'half up'),
      ])
        assert.ok(result === null || (Number.isFinite(result) && !Object.is(result, -0)))
    }),
    { numRuns: 3000, seed },
  )
  assert.equal(multiply(1e308, 10), null)
  assert.equal(add(Number.MAX_VALUE, Number.MAX_VALUE), null)
})
