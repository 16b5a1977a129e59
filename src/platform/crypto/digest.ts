/**
 * Digests in hex. SM3 is the digest of this system's proofs (commercial cryptography, GB/T 32905);
 * SHA-256 is for meeting the outside world. Text is hashed as UTF-8.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SM3 as 64 lower-case hex characters. */
export function sm3Hex(data: string | Buffer): string {
  return createHash('sm3').update(data).digest('hex');
}

/** HMAC-SM3 as 64 lower-case hex characters. */
export function hmacSm3Hex(key: Buffer, data: string | Buffer): string {
  return createHmac('sm3', key).update(data).digest('hex');
}

/** SHA-256 as 64 lower-case hex characters. */
export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Whether two digests or tokens are equal, in time that does not tell where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}
