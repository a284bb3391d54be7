#!/bin/sh
# A stand-in of ffmpeg for what the real one cannot be asked to do. MISBEHAVE_HOW and MISBEHAVE_FFMPEG are written in by
# the test, as a child gets no variables of HARMONI's.
how=@HOW@ ffmpeg=@FFMPEG@
case "$how,$1" in
  hangs-when-asked,-formats) exec sleep 60 ;;
  *,-formats | *,-encoders) exec "$ffmpeg" "$@" ;;
esac
case "$how" in
  hangs) exec sleep 60 ;;
  deaf) trap '' TERM INT; sleep 60 & echo "$$ $!" >"$0.ids"; while :; do wait; done ;;
  flood) head -c 400000000 /dev/zero >&2; exit 1 ;;
  flood-of-returns) yes 'size=       1kB time=00:00:01.00 bitrate=   1.0kbits/s' | head -c 60000000 | tr '\n' '\r' >&2; exit 1 ;;
  killed) echo 'size=     256kB time=00:00:03.00 bitrate= 128.0kbits/s' >&2; kill -9 $$ ;;
  crashes) echo 'Press [q] to stop' >&2; kill -SEGV $$ ;;
  full-in-the-middle)
    echo 'av_interleaved_write_frame(): No space left on device' >&2
    yes 'size=     256kB time=00:00:03.00 bitrate= 128.0kbits/s' | head -c 3000000 >&2; exit 0 ;;
  repeats)
    echo 'Error while decoding stream #0:0: Invalid data found when processing input' >&2
    echo '    Last message repeated 1 times' >&2; echo 'Conversion failed!' >&2; exit 1 ;;
  slow) exec "$ffmpeg" -re "$@" ;;
esac
