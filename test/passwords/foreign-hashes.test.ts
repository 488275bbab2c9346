import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { parseStoredHash } from "../../src/passwords/foreign-hashes.ts";
import { createPasswordHashing, needsRehash } from "../../src/passwords/hashing.ts";

const hashing = createPasswordHashing({ atOnce: 2, waiting: 100 });
const EVERY_72 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LETMEIN = "l\u00e8tmein";

/** Published with the algorithms, or by the projects that store them so. */
const VECTORS: Array<[source: string, password: string, stored: string]> = [
  ["Openwall, 2a", "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  ["Openwall, 2b", "U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  ["Openwall, 2y", "U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  ["Openwall, of nothing", "", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"],
  ["Openwall, 72 bytes", EVERY_72, "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"],
  ["Django, around bcrypt", "U*U", "bcrypt$$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"],
  [
    "Argon2, argon2i",
    "password",
    "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
  ],
  [
    "Argon2, argon2id",
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
  ],
  [
    "Argon2, of the first version",
    "password",
    "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
  ],
  [
    "Django, around argon2",
    "password",
    "argon2$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
  ],
  ["RFC 7914, scrypt", "pleaseletmein", `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${rfc7914Digest()}`],
  [
    "passlib, scrypt",
    "password",
    "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
  ],
  [
    "Django, scrypt",
    LETMEIN,
    "scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==",
  ],
  ["Django, PBKDF2", LETMEIN, "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0="],
  ["Django 5.1, PBKDF2", LETMEIN, "pbkdf2_sha256$870000$seasalt$wJSpLMQRQz0Dhj/pFpbyjMj71B2gUYp6HJS5AU+32Ac="],
  ["Django, PBKDF2 with SHA-1", "letmein", "pbkdf2_sha1$10000$seasalt$91JiNKgwADC8j2j86Ije/cc4vfQ="],
];

describe("A hash from another system", () => {
  for (const [source, password, stored] of VECTORS) {
    it(`matches its password and no other, with published vectors: ${source} (P3)`, async () => {
      assert.equal(await hashing.verify(stored, password), true);
      assert.equal(await hashing.verify(stored, `x${password.slice(0, -1)}`), false);
      assert.equal(await hashing.verify(stored, password.toLowerCase().concat("y").slice(0, 70)), false);
    });
  }

  it("is replaced at the next sign-in, unless it is argon2id at the current cost", () => {
    const kept = VECTORS.filter(([, password, stored]) => !needsRehash(stored, password)).map(([source]) => source);

    assert.deepEqual(kept, ["Argon2, argon2id"]);
  });

  it("matches the bytes that the other system received, also if they were not NFC", async () => {
    const typed = "cafe\u0301 on a Mac";
    const stored = await bcrypt(typed, 4);

    assert.equal(await hashing.verify(stored, typed), true);
    assert.equal(await hashing.verify(await bcrypt(typed.normalize("NFC"), 4), typed), true);
    assert.equal(await hashing.verify(stored, "cafe on a Mac"), false);
  });

  it("of Django's bcrypt_sha256 includes every byte", async () => {
    const stored = `bcrypt_sha256$${await bcrypt(createHash("sha256").update(`${EVERY_72}!`).digest("hex"), 4)}`;

    assert.equal(await hashing.verify(stored, `${EVERY_72}!`), true);
    assert.equal(await hashing.verify(stored, `${EVERY_72}?`), false);
    assert.equal(needsRehash(stored, `${EVERY_72}!`), true);
  });
});

describe("A bcrypt hash", () => {
  const stored = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";

  it("covers 72 bytes, and is not replaced for longer passwords, whose end is unverified", async () => {
    assert.equal(await hashing.verify(stored, `${EVERY_72} and what was never stored`), true);

    assert.equal(needsRehash(stored, `${EVERY_72} and what was never stored`), false);
    assert.equal(needsRehash(stored, EVERY_72), true);
    assert.equal(needsRehash(stored, "\u00e9".repeat(36).concat("x")), false);
  });

  it("does not match its password twice with a NUL between, which is the same key for bcrypt", async () => {
    const of = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    assert.equal(await hashing.verify(of, "U*U"), true);
    assert.equal(await hashing.verify(of, "U*U\0U*U"), false);
    assert.equal(await hashing.verify(of, "U*U\0"), false);
  });

  it("never matches half a surrogate pair in place of U+FFFD", async () => {
    const replaced = await bcrypt("a password with \ufffd", 4);

    assert.equal(await hashing.verify(replaced, "a password with \ufffd"), true);
    assert.equal(await hashing.verify(replaced, "a password with \ud83d"), false);
  });
});

describe("A malicious or malformed stored hash", () => {
  const SALT = "c29tZXNhbHQ";
  const DIGEST = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  const BCRYPT_REST = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  it("is never computed if its cost exceeds the bound (P3, P7)", () => {
    for (const stored of [
      `$argon2id$v=19$m=4294967295,t=1,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=262145,t=1,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=19456,t=999999999,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=262144,t=5,p=1$${SALT}$${DIGEST}`,
      `argon2$argon2id$v=19$m=4194304,t=1,p=1$${SALT}$${DIGEST}`,
      `$2b$15$${BCRYPT_REST}`,
      `$2b$31$${BCRYPT_REST}`,
      `bcrypt_sha256$$2b$31$${BCRYPT_REST}`,
      `$scrypt$ln=30,r=8,p=1$${SALT}$${DIGEST}`,
      `$scrypt$ln=14,r=8,p=9999$${SALT}$${DIGEST}`,
      `scrypt$1073741824$salt$8$1$${DIGEST}=`,
      `scrypt$16384$salt$9999$1$${DIGEST}=`,
      `pbkdf2_sha256$999999999$salt$${DIGEST}=`,
      `pbkdf2_sha256$5000001$salt$${DIGEST}=`,
    ]) {
      assert.equal(parseStoredHash(stored), null, stored);
    }
  });

  it("is computed if its cost is high and within the bound", () => {
    for (const stored of [
      `$argon2id$v=19$m=262144,t=3,p=1$${SALT}$${DIGEST}`,
      `argon2$argon2id$v=19$m=102400,t=2,p=8$${SALT}$${DIGEST}`,
      `$2b$14$${BCRYPT_REST}`,
      `$scrypt$ln=17,r=8,p=1$${SALT}$${DIGEST}`,
      `pbkdf2_sha256$1500000$salt$${DIGEST}=`,
    ]) {
      assert.notEqual(parseStoredHash(stored), null, stored);
    }
  });

  it("matches nothing, throws nothing, and is not replaced", async () => {
    for (const stored of [
      "",
      " ",
      "!",
      "!unusable",
      "$",
      "password",
      "5f4dcc3b5aa765d61d8327deb882cf99",
      "$argon2id$",
      "$argon2id$v=19$m=19456,t=2,p=1$$",
      `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$`,
      `$argon2id$v=19$m=19456,t=2,p=1$====$${DIGEST}`,
      `$argon2id$v=19$m=0,t=2,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=19456,t=0,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=8,t=2,p=99$${SALT}$${DIGEST}`,
      `$argon2id$v=7$m=19456,t=2,p=1$${SALT}$${DIGEST}`,
      `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${DIGEST}\n`,
      `$2b$03$${BCRYPT_REST}`,
      `$2x$05$${BCRYPT_REST}`,
      `$2b$05$${BCRYPT_REST}x`,
      "$2b$05$",
      "bcrypt$",
      "$scrypt$ln=14,r=8,p=1$$",
      `$scrypt$ln=0,r=8,p=1$${SALT}$${DIGEST}`,
      `scrypt$16383$salt$8$1$${DIGEST}=`,
      `scrypt$16384$salt$0$1$${DIGEST}=`,
      "scrypt$16384$salt$8$1$",
      "pbkdf2_sha256$1$salt$",
      `pbkdf2_sha256$0$salt$${DIGEST}=`,
      `pbkdf2_md5$1000$salt$${DIGEST}=`,
      `$argon2id$v=19$m=19456,t=2,p=1$${"A".repeat(100_000)}$${DIGEST}`,
      "\ud83d",
    ]) {
      assert.equal(await hashing.verify(stored, "password"), false, stored);
      assert.equal(await hashing.verify(stored, ""), false, stored);
      assert.equal(needsRehash(stored, "password"), false, stored);
    }
  });
});

/** scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1, 64), from RFC 7914 §12. */
function rfc7914Digest(): string {
  const hex =
    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887";
  return Buffer.from(hex, "hex").toString("base64").replace(/=+$/, "");
}

describe("The cost bound of PBKDF2", () => {
  it("includes the digest length, because each block runs all rounds again (P7)", () => {
    const stored = (rounds: number, bytes: number) =>
      `pbkdf2_sha256$${rounds}$salt$${Buffer.alloc(bytes, 1).toString("base64")}`;

    assert.notEqual(parseStoredHash(stored(5_000_000, 32)), null);
    assert.equal(parseStoredHash(stored(5_000_000, 33)), null);
    assert.notEqual(parseStoredHash(stored(2_500_000, 64)), null);
    assert.equal(parseStoredHash(stored(1_000_000, 192)), null);
  });
});
