"""Frames from words: "vlan:5 4:10.9.1.2>10.9.1.1 udp:1000>53" is a UDP datagram in a tagged frame.

  vlan:ID[,qinq]            a VLAN tag in the packet; qinq: of the outer kind
  ether:0x88b5              any other ethertype, with 46 bytes of payload
  arp:request|reply|rarp-request|rarp-reply,SENDER>TARGET
  4:SRC>DST[,options][,offset=BYTES][,more]     IPv4; options: 8 bytes of them; offset, more: a fragment
  6:SRC>DST                 IPv6
  hop  dst  route           IPv6 extension headers
  frag[,offset=BYTES][,more] IPv6's fragment header
  udp:SPORT>DPORT           tcp:SPORT>DPORT,FLAGS[,seq=N][,ack=N] (FLAGS of SAFRPU)
  icmp:TYPE[.CODE][,seq=N]  icmp6:TYPE[.CODE][,seq=N]
  proto:NUMBER              any other L4 protocol, with 8 bytes for its header
  eth:                      an Ethernet header, in a tunnel
  vxlan:VNI  geneve:WORDS   behind a udp; WORDS: of options, of 4 bytes
  gre:FLAGS                 0x8000 checksum, 0x2000 key, 0x1000 sequence number
  data:BYTES                payload
"""

import re
import struct
from socket import AF_INET, AF_INET6, inet_pton

FLAGS = {flag: 1 << bit for bit, flag in enumerate("FSRPAU")}
ARP = {"request": (0x0806, 1), "reply": (0x0806, 2), "rarp-request": (0x8035, 3), "rarp-reply": (0x8035, 4)}
EXTENSIONS = {"hop": 0, "route": 43, "dst": 60}
ETHERNET = bytes.fromhex("020000000008020000000009")


def checksum(data):
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def with_checksum(data, offset, pseudo=b""):
    total = checksum(pseudo + data) or 0xffff
    return data[:offset] + struct.pack("!H", total) + data[offset + 2:]


class Below:
    """What a layer must know of the one below it: it is built from the inside out."""

    def __init__(self, source=b"", destination=b""):
        self.addresses = source + destination

    def pseudo(self, proto, length):
        return self.addresses + struct.pack("!IxxxB", length, proto)


def values(words):
    """["offset=8", "more"] as {"offset": 8, "more": 1}"""
    pairs = (word.partition("=") for word in words)
    return {name: int(value or 1) for name, _, value in pairs}


def ip4(args, payload, proto):
    pair, *words = args
    source, destination = (inet_pton(AF_INET, text) for text in pair.split(">"))
    have = values(words)
    options = b"\x01" * 7 + b"\0" if "options" in have else b""
    size = 20 + len(options)
    fragment = have.get("offset", 0) // 8 | (0x2000 if "more" in have else 0)
    header = struct.pack("!BBHHHBBH", 0x40 | size // 4, 0, size + len(payload), 7, fragment, 64, proto, 0)
    return 0x0800, with_checksum(header + source + destination + options, 10) + payload


def ip6(args, payload, proto):
    source, destination = (inet_pton(AF_INET6, text) for text in args[0].split(">"))
    return 0x86dd, struct.pack("!IHBB", 6 << 28, len(payload), proto, 64) + source + destination + payload


def extension(name, args, payload, proto):
    if name == "frag":
        have = values(args)
        field = have.get("offset", 0) & ~7 | have.get("more", 0)
        return 44, struct.pack("!BxHI", proto, field, 7) + payload
    body = b"\0" * 6 if name == "route" else b"\x01\x04\0\0\0\0"
    return EXTENSIONS[name], struct.pack("!BB", proto, 0) + body + payload


def l4(name, args, payload, below):
    if name == "udp":
        sport, dport = map(int, args[0].split(">"))
        data = struct.pack("!HHHH", sport, dport, 8 + len(payload), 0) + payload
        return 17, with_checksum(data, 6, below.pseudo(17, len(data)))
    if name == "tcp":
        sport, dport = map(int, args[0].split(">"))
        have = values(args[2:])
        flags = sum(FLAGS[flag] for flag in args[1]) if len(args) > 1 else 0
        data = struct.pack("!HHIIBBHHH", sport, dport, have.get("seq", 1), have.get("ack", 0), 0x50, flags, 1024, 0, 0)
        return 6, with_checksum(data + payload, 16, below.pseudo(6, len(data + payload)))
    kind, _, code = args[0].partition(".")
    sequence = values(args[1:]).get("seq", 1)
    data = struct.pack("!BBHHH", int(kind), int(code or 0), 0, 7, sequence) + payload
    if name == "icmp":
        return 1, with_checksum(data, 2)
    return 58, with_checksum(data, 2, below.pseudo(58, len(data)))


def arp(args):
    sender, target = (inet_pton(AF_INET, text) for text in args[1].split(">"))
    ethertype, operation = ARP[args[0]]
    mac = bytes.fromhex("020000000002")
    return ethertype, struct.pack("!HHBBH", 1, 0x0800, 6, 4, operation) + mac + sender + bytes(6) + target


def gre(flags, ethertype):
    return struct.pack("!HH", flags, ethertype) + bytes(4 * (flags & 0xb000).bit_count())


def packet(text):
    """The ethertype and the bytes above the MAC header."""
    layers = [(name, args.split(",")) for name, args in (re.fullmatch("(\\w+)[:,]?(.*)", word).groups() for word in text.split())]
    below = Below()
    for name, args in layers:
        if name in "46":
            family = AF_INET if name == "4" else AF_INET6
            below = Below(*(inet_pton(family, address) for address in args[0].split(">")))
    payload, proto, ethertype = b"", 59, 0
    for name, args in reversed(layers):
        if name == "data":
            payload = b"x" * int(args[0])
        elif name == "proto":
            proto, payload = int(args[0]), bytes(8) + payload
        elif name in ("udp", "tcp", "icmp", "icmp6"):
            proto, payload = l4(name, args, payload, below)
        elif name in EXTENSIONS or name == "frag":
            proto, payload = extension(name, [word for word in args if word], payload, proto)
        elif name == "4":
            (ethertype, payload), proto = ip4(args, payload, proto), 4
        elif name == "6":
            (ethertype, payload), proto = ip6(args, payload, proto), 41
        elif name == "arp":
            ethertype, payload = arp(args)
        elif name == "ether":
            ethertype, payload = int(args[0], 16), payload or bytes(46)
        elif name == "eth":
            ethertype, payload = 0x6558, ETHERNET + struct.pack("!H", ethertype) + payload
        elif name == "vxlan":
            payload = struct.pack("!BxxxI", 8, int(args[0]) << 8) + payload
        elif name == "geneve":
            payload = struct.pack("!BxHI", int(args[0]), ethertype, 7 << 8) + bytes(4 * int(args[0])) + payload
        elif name == "gre":
            proto, payload = 47, gre(int(args[0], 0), ethertype) + payload
        elif name == "vlan":
            payload = struct.pack("!HH", int(args[0]), ethertype) + payload
            ethertype = 0x88a8 if "qinq" in args else 0x8100
        else:
            raise ValueError(f"what is {name}?")
    return ethertype, payload


def frame(text, source="020000000002", destination="020000000001"):
    ethertype, payload = packet(text)
    return bytes.fromhex(destination) + bytes.fromhex(source) + struct.pack("!H", ethertype) + payload
