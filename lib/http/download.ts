/**
 * Sends text piece by piece, as the reader takes it, as a file of this name. The first piece is made before anything
 * is sent: what fails until then is refused as everywhere; later, the connection breaks off and the file is not taken
 * for whole.
 */
export async function download(
  pieces: AsyncGenerator<string>,
  { name, type }: { name: string; type: string },
): Promise<Response> {
  const encoder = new TextEncoder();
  let upcoming = await pieces.next();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (upcoming.done) return controller.close();
        controller.enqueue(encoder.encode(upcoming.value));
        upcoming = await pieces.next();
        if (upcoming.done) controller.close();
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` };
  return new Response(stream, { headers });
}
