// Some pieces of work side by side: the engine writes overlapping answers in one batch.

/** The results in the order of the items, at most `most` under way at a time. The first failure rejects; no further item is begun then. */
export async function abreast<T, R>(items: T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  let failed = false;
  const goOn = async () => {
    for (const [at, item] of waiting) {
      if (failed) return;
      results[at] = await work(item);
    }
  };
  await Promise.all(
    Array.from({ length: most }, () =>
      goOn().catch(error => {
        failed = true;
        throw error;
      }),
    ),
  );
  return results;
}
