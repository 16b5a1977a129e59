/** Photos of checks of use: how their files are named, and which of them a new check may show. */
import { fileFor } from '../platform/files/file.store';
import type { Work } from '../platform/work';
import { P } from './problems';
import { UseCheckStore } from './use-check.store';

export const PHOTO_PURPOSE = 'use-check';

/** The name of a photo's file without its ending: it says for which loan it was taken. */
export const photoName = (loanId: string) => `use-check-${loanId}`;

/** A photo that a check may show. */
export interface FreshPhoto {
  photoId: string;
  digest: string;
  /** Another check has shown the same picture. */
  photoReused: boolean;
}

/**
 * The photos that are named for a check of a loan: kept for it, by whoever acts, and in no check yet.
 * @throws Problem monitoring.photo-absent, photo-used, photo-twice; platform.file-absent
 */
export async function freshPhotos(
  work: Work,
  loanId: string,
  photoIds: readonly string[],
): Promise<FreshPhoto[]> {
  const store = new UseCheckStore(work);
  const photos: { photoId: string; digest: string }[] = [];
  for (const photoId of photoIds) {
    const file = await fileFor(work.tx, photoId);
    const own = file.purpose === PHOTO_PURPOSE && file.madeBy === work.actor.id;
    if (!own || !file.name.startsWith(`${photoName(loanId)}.`)) throw P.photoAbsent();
    if (await store.isUsed(photoId)) throw P.photoUsed();
    if (photos.some(({ digest }) => digest === file.digest)) throw P.photoTwice();
    photos.push({ photoId, digest: file.digest });
  }
  const shown = await store.shownBefore(photos.map(({ digest }) => digest));
  return photos.map((photo) => ({ ...photo, photoReused: shown.has(photo.digest) }));
}
