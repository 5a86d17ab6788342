#!/bin/sh
# Makes the recordings beside this script. Needs espeak-ng, ffmpeg, sox with its AMR formats, libvo-amrwbenc
# and python3.
# The result is committed; run it again only to add a recording.
set -eu
cd "$(dirname "$0")/fixtures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet="ffmpeg -hide_banner -loglevel error -y -fflags +bitexact"

# Half a second of silence, speech, 0.7 s of silence, speech; the second voice for the right channel.
espeak-ng -v cmn-latn-pinyin -s 170 -w "$work/one.wav" "ni3 hao3"
espeak-ng -v cmn-latn-pinyin+f3 -s 170 -w "$work/two.wav" "bao4 jia4"
sox "$work/one.wav" -r 48000 "$work/one48.wav" pad 0.5 0.7
sox "$work/two.wav" -r 48000 "$work/two48.wav"
sox "$work/one48.wav" "$work/two48.wav" "$work/mono.wav" pad 0 0.4
sox "$work/one48.wav" "$work/left.wav" pad 0 1.5
sox "$work/two48.wav" "$work/right.wav" pad 1.8 0.5
sox -M "$work/left.wav" "$work/right.wav" "$work/stereo.wav" trim 0 2.9

sox "$work/mono.wav" -r 8000 -b 8 -e mu-law wav-mulaw.wav trim 0 2.2
sox "$work/mono.wav" -r 8000 -b 16 wav-pcm.wav trim 0.3 1.1
$quiet -i "$work/mono.wav" -ac 1 -ar 22050 -b:a 32k -flags +bitexact mono.mp3
$quiet -i "$work/mono.wav" -ac 1 -ar 22050 -b:a 32k -write_xing 0 -id3v2_version 3 -metadata title=t no-xing.mp3
$quiet -i "$work/stereo.wav" -ar 44100 -b:a 40k -flags +bitexact stereo.mp3
$quiet -i "$work/mono.wav" -ac 1 -ar 16000 -c:a aac -b:a 24k -flags +bitexact mono.m4a
$quiet -i "$work/mono.wav" -ac 1 -ar 16000 -c:a aac -b:a 24k -flags +bitexact mono.aac
$quiet -i "$work/mono.wav" -ac 1 -ar 8000 -sample_fmt s16 -t 2.2 -flags +bitexact mono.flac
$quiet -i "$work/mono.wav" -ac 1 -ar 16000 -c:a libvorbis -q:a 0 -flags +bitexact vorbis.ogg
$quiet -i "$work/mono.wav" -ac 1 -c:a libopus -b:a 16k -flags +bitexact mono.opus
$quiet -i "$work/stereo.wav" -c:a libopus -b:a 32k -flags +bitexact stereo.opus
sox "$work/mono.wav" -r 8000 -c 1 mono.amr-nb
sox "$work/mono.wav" -r 16000 -c 1 -b 16 -e signed -t raw "$work/wide.raw"
python3 - "$work/wide.raw" <<'PY'
import ctypes, sys
encoder = ctypes.CDLL("libvo-amrwbenc.so.0")
encoder.E_IF_init.restype = ctypes.c_void_p
state, sound = ctypes.c_void_p(encoder.E_IF_init()), open(sys.argv[1], "rb").read()
with open("mono.amr-wb", "wb") as out:
    out.write(b"#!AMR-WB\n")
    for at in range(0, len(sound) - 639, 640):
        frame = ctypes.create_string_buffer(64)
        size = encoder.E_IF_encode(state, 2, sound[at:at + 640], frame, 0)
        out.write(frame.raw[:size])
PY

# The LC configuration in the M4A rewritten as HE-AAC (spectral band replication over the same core).
python3 - <<'PY'
data = open("mono.m4a", "rb").read()
lc = bytes([0x14, 0x08, 0x56, 0xE5, 0x00])
assert data.count(lc) == 1
open("he-aac.m4a", "wb").write(data.replace(lc, bytes([0x2C, 0x0A, 0x88, 0x00, 0x00])))
PY
ls -l
