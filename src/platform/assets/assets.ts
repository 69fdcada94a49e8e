// PLACEHOLDER by the founder until the designer's file replaces it.
import type { FastifyInstance } from 'fastify'
export async function addAssets(_app: FastifyInstance): Promise<void> {}
