import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clientIp, clientIpRanges, trustedProxies } from "../../src/lib/client-ip.ts";

const UNKNOWN = trustedProxies([]);
const OURS = trustedProxies(["10.0.0.0/8", "192.0.2.7", "2001:db8:ffff::/48", "::1"]);

describe("parseTrustedProxies", () => {
  it("accepts addresses and ranges of IPv4 and IPv6", () => {
    for (const address of ["10.0.0.0", "10.255.255.255", "192.0.2.7", "2001:db8:ffff:1::9", "::1"]) {
      assert.equal(OURS(address), true, address);
    }
    for (const address of ["11.0.0.0", "9.255.255.255", "192.0.2.8", "2001:db8:fffe::1", "::2"]) {
      assert.equal(OURS(address), false, address);
    }
    assert.equal(trustedProxies(["0.0.0.0/0"])("203.0.113.1"), true);
    assert.equal(UNKNOWN("127.0.0.1"), false);
  });

  it("names the first entry that is neither an address nor a range", () => {
    for (const wrong of [
      "",
      "localhost",
      "10.0.0",
      "10.0.0.1/",
      "10.0.0.0/33",
      "10.0.0.0/-1",
      "10.0.0.0/8.5",
      "::/129",
    ]) {
      assert.throws(() => trustedProxies(["10.0.0.1", wrong, "also wrong"]), new RangeError(wrong), wrong);
    }
  });

  it("accepts a range only in its canonical spelling", () => {
    for (const wrong of ["10.0.0.0/8/24", "10.0.0.0/ 8", "10.0.0.0/0x8", "10.0.0.0/1e1", "10.0.0.0/+8"]) {
      assert.throws(() => trustedProxies([wrong]), new RangeError(wrong), wrong);
    }
  });
});

describe("The client IP", () => {
  it("is the socket's peer if the peer is no trusted proxy, whatever the header contains", () => {
    for (const header of [null, "", "203.0.113.9", "10.0.0.1", "203.0.113.9, 10.0.0.1"]) {
      assert.equal(clientIp("198.51.100.1", header, OURS), "198.51.100.1", String(header));
      assert.equal(clientIp("10.0.0.1", header, UNKNOWN), "10.0.0.1", String(header));
    }
  });

  it("is the right-most untrusted hop, so that a client cannot forge it (L2)", () => {
    for (const [header, expected] of [
      ["203.0.113.9", "203.0.113.9"],
      ["203.0.113.9, 10.1.1.1", "203.0.113.9"],
      ["203.0.113.9,10.1.1.1,192.0.2.7", "203.0.113.9"],
      ["198.51.100.66, 203.0.113.9", "203.0.113.9"],
      ["10.9.9.9, 203.0.113.9", "203.0.113.9"],
      ["127.0.0.1, ::1, 203.0.113.9, 10.1.1.1", "203.0.113.9"],
      ["rubbish, 203.0.113.9", "203.0.113.9"],
      ["  203.0.113.9  ,\t10.1.1.1 ", "203.0.113.9"],
      ["2001:db8::9", "2001:db8::9"],
      ["2001:DB8:0::0:9, 2001:db8:ffff::1", "2001:db8::9"],
    ] as const) {
      assert.equal(clientIp("10.0.0.1", header, OURS), expected, header);
    }
  });

  it("is the last trusted proxy if no hop further left is present or readable", () => {
    for (const [header, expected] of [
      [null, "10.0.0.1"],
      ["", "10.0.0.1"],
      [",", "10.0.0.1"],
      ["10.1.1.1", "10.1.1.1"],
      ["10.2.2.2, 10.1.1.1", "10.2.2.2"],
      ["unknown", "10.0.0.1"],
      ["_hidden, 10.1.1.1", "10.1.1.1"],
      ["203.0.113.9, rubbish", "10.0.0.1"],
      ["203.0.113.9, ", "10.0.0.1"],
      ["203.0.113.9:https", "10.0.0.1"],
      ["[2001:db8::9", "10.0.0.1"],
      ["[rubbish]:443", "10.0.0.1"],
      ["203.0.113.999", "10.0.0.1"],
      ["0xcb007109", "10.0.0.1"],
      ["010.0.0.1", "10.0.0.1"],
      ["203.0.113.9\u0000", "10.0.0.1"],
      [`203.0.113.9, ${"x".repeat(10_000)}`, "10.0.0.1"],
    ] as const) {
      assert.equal(clientIp("10.0.0.1", header, OURS), expected, String(header).slice(0, 40));
    }
  });

  it("has one spelling, without a port, and an IPv4-mapped IPv6 address becomes IPv4", () => {
    for (const [peer, expected] of [
      ["::ffff:203.0.113.9", "203.0.113.9"],
      ["::FFFF:203.0.113.9", "203.0.113.9"],
      ["::ffff:cb00:7109", "203.0.113.9"],
      ["0:0:0:0:0:ffff:cb00:7109", "203.0.113.9"],
      ["0000:0000:0000:0000:0000:ffff:203.0.113.9", "203.0.113.9"],
      ["2001:0DB8:0000:0000:0000:0000:0000:0009", "2001:db8::9"],
      ["fe80::1%eth0", "fe80::1"],
      ["203.0.113.9:443", "203.0.113.9"],
      ["[2001:db8::9]:443", "2001:db8::9"],
      ["[2001:db8::9]", "2001:db8::9"],
      ["[::ffff:203.0.113.9]:443", "203.0.113.9"],
    ] as const) {
      assert.equal(clientIp(peer, null, UNKNOWN), expected, peer);
      assert.equal(clientIp("10.0.0.1", peer, OURS), expected, `hop ${peer}`);
    }
  });

  it("is found behind a proxy whose IPv4 address arrives as IPv4-mapped IPv6", () => {
    assert.equal(clientIp("::ffff:10.0.0.1", "203.0.113.9, ::ffff:10.1.1.1", OURS), "203.0.113.9");
  });
});

describe("The rate-limit key of a client IP", () => {
  it("is the whole IPv4 address", () => {
    assert.equal(clientIpKey("203.0.113.9"), "203.0.113.9");
    assert.notEqual(clientIpKey("203.0.113.9"), clientIpKey("203.0.113.10"));
  });

  it("is shared by an IPv6 /64, and different for the next /64 (L2)", () => {
    const key = clientIpKey("2001:db8:0:1::1");

    for (const same of ["2001:db8:0:1::2", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1:0:0:0:0"]) {
      assert.equal(clientIpKey(same), key, same);
    }
    for (const other of ["2001:db8:0:2::1", "2001:db8::1", "2001:db8:1::1", "2001:db8:0:1", "::1", "1::"]) {
      assert.notEqual(clientIpKey(other), key, other);
    }
    assert.equal(clientIpKey("1:2:3:4:5:6:7:8"), clientIpKey("1:2:3:4::"));
    assert.equal(clientIpKey("::2:3:4:5:6:7:8"), clientIpKey("0:2:3:4::"));
    assert.equal(clientIpKey("::1"), clientIpKey("::"));
  });

  it("does not depend on the spelling of the address", () => {
    assert.equal(clientIpKey("::ffff:203.0.113.9"), "203.0.113.9");
    assert.notEqual(clientIpKey("::ffff:203.0.113.9"), clientIpKey("::ffff:198.51.100.1"));
    assert.equal(clientIpKey("2001:0DB8:0:01::1"), clientIpKey("2001:db8:0:1::1"));
    assert.equal(clientIpKey("fe80::1%eth0"), clientIpKey("fe80::1"));
  });
});

/** The narrowest range by which a client is limited. */
function clientIpKey(address: string): string | undefined {
  return clientIpRanges(address)[0]?.range;
}
