import { type DestinationStream, type LogFn, type Logger, pino } from 'pino'

/**
 * The log of the process, JSON lines on standard error. It never holds personal data: requests are logged by route, and
 * errors by kind, place and database code, without the values that a database or a library puts into its messages.
 */
export function openLog(level: string, to: DestinationStream = pino.destination({ fd: 2, sync: false })): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: {
        req: () => undefined,
        res: () => undefined,
        err: (error: Error & { code?: string }) => ({
          name: error.name,
          code: error.code,
          message: withoutData(error.message),
          stack: error.stack
            ?.match(/^ {4}at .*$/gm)
            ?.slice(0, 12)
            .join('\n'),
        }),
      },
      hooks: {
        // Libraries write addresses into their messages, and an error logged without words brings its own.
        logMethod(args: unknown[], method: LogFn) {
          const [first, message] = typeof args[0] === 'string' ? [{}, args[0]] : args
          const told = first instanceof Error ? { err: first } : onlyKnown(first as object)
          method.call(this, told, withoutData(String(message ?? '')))
        },
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    to,
  )
}

/** What this program itself puts into its log. A library may add anything: headers with cookies, options, bodies. */
const known = new Set('err code method route status ms page why bytes sha256 figure job module'.split(' '))
const onlyKnown = (told: object) => Object.fromEntries(Object.entries(told).filter(([name]) => known.has(name)))

/** What follows the first colon, quote, bracket or line may be somebody's data. */
const withoutData = (message: string) => message.replace(/[:"'“`(\n].*/s, '…')
