import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * The log of the process, JSON lines on standard error. It never holds personal data: requests are logged by route, and
 * errors by kind, place and database code, without the values that a database puts into its messages.
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
          // What follows the first colon, quote or line may be somebody's data.
          message: error.message.replace(/[:"'“`(\n].*/s, '…'),
          stack: error.stack?.match(/^ {4}at .*$/gm)?.slice(0, 12).join('\n'),
        }),
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    to,
  )
}
