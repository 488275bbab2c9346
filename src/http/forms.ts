/** Maximum body size in bytes. The longest form, with a password of 1,024 bytes in percent signs, is under 4 kB. */
const MAX_BODY = 16_384;

/** A form, or the status to answer: 413 if too large, 400 unless every field is one plain string. */
export type ReadForm = { kind: "form"; fields: Map<string, string> } | { kind: "unreadable"; status: 400 | 413 };

/** Reads a form, chunked or not, as `application/x-www-form-urlencoded` or `multipart/form-data`, in well-formed UTF-8. */
export async function readForm(request: Request): Promise<ReadForm> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY) return { kind: "unreadable", status: 413 };
  const body = await readBody(request).catch(() => "cut-off" as const);
  if (body === "cut-off") return { kind: "unreadable", status: 400 };
  if (body === null) return { kind: "unreadable", status: 413 };

  const type = request.headers.get("content-type") ?? "";
  const entries = await readEntries(type, body);
  if (!entries) return { kind: "unreadable", status: 400 };

  const fields = new Map<string, string>();
  for (const [name, value] of entries) {
    // The replacement character marks a part of a multipart body that was not UTF-8.
    const isPlain = typeof value === "string" && !value.includes("\uFFFD");
    if (!isPlain || fields.has(name)) return { kind: "unreadable", status: 400 };
    fields.set(name, value);
  }
  return { kind: "form", fields };
}

async function readBody(request: Request): Promise<Buffer<ArrayBuffer> | null> {
  // With a Content-Length, which the HTTP layer enforces, reading at once is several times faster than streaming.
  if (hasContentLength(request)) {
    const whole = Buffer.from(await request.arrayBuffer());
    return whole.length > MAX_BODY ? null : whole;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function hasContentLength({ headers }: Request): boolean {
  return /^\d+$/.test(headers.get("content-length") ?? "") && !headers.has("transfer-encoding");
}

type Entries = Iterable<[string, string | File]>;

async function readEntries(type: string, body: Buffer<ArrayBuffer>): Promise<Entries | null> {
  const text = decodeUtf8(body);
  if (text === null) return null;
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    return isWellEncoded(text) ? new URLSearchParams(text) : null;
  if (!/^multipart\/form-data\s*;/i.test(type)) return null;

  const form = new Response(body, { headers: { "content-type": type } }).formData();
  return form.catch(() => null);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** URLSearchParams turns broken percent signs and broken UTF-8 into other characters. Such bodies are refused. */
function isWellEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
