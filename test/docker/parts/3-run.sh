# shellcheck shell=bash disable=SC2154,SC2034
# The container
folders 1026:100
check 'harmoni --version' test "$(harmoni --version)" = "$version"
check 'the health check passes' in_container -- "${health[@]}"
check 'HARMONI runs as the owner of the data folder' test "$(owner data/harmoni.db)" = 1026:100
check 'config set makes data/config.json' harmoni config set audio_format opus
check 'which belongs to that owner, who alone reads it' \
  test "$(stat -c '%u:%g %a' "$work/data/config.json")" = '1026:100 600'

check 'the demo downloads its songs' harmoni demo --yes --json
check 'as files of that owner' \
  test "$(find "$work/data/demo" -name '*.opus' -user 1026 -group 100 | wc -l)" -ge 10

folders 0:0
check 'folders that Docker made for root' harmoni config set audio_format opus
check 'are given to user 1000' test "$(owner data) $(owner music) $(owner data/config.json)" = '1000:1000 1000:1000 1000:1000'

folders 1026:100 0:0
check 'a music folder that Docker made' harmoni --version
check 'is given to the owner of the data folder' test "$(owner music)" = 1026:100

folders 0:0
mkdir "$work/data/logs"
touch "$work/data/logs/app.log" "$work/data/playlists.json"
chown 1026:100 "$work/data/playlists.json"
check "a data folder with root's files, as git makes it for root," harmoni doctor
check 'is given to user 1000 with them' test "$(owner data/logs/app.log)" = 1000:1000
check "and without anybody else's" test "$(owner data/playlists.json)" = 1026:100

folders 0:0
touch "$work/music/song.mp3"
check "a music folder with somebody's files starts too" harmoni --version
check 'is left as it is' test "$(owner music) $(owner music/song.mp3)" = '0:0 0:0'
said() { harmoni --version && says "can't write to /app/music, which belongs to 0:0" && says 'Run as its owner (PUID and PGID'; }
check 'and said, with what to do' said

folders 1026:100
chosen() { harmoni -e PUID=1500 -e PGID=1600 -- --version && says 'as user 1500:1600'; }
check 'PUID and PGID choose the user' chosen
refused() { ! harmoni -e PUID=me -- --version && says 'PUID and PGID must be numbers'; }
check 'a PUID that is no number is refused' refused
chown 3000:3000 "$work/data" "$work/music"
check 'any --user will do' harmoni --user 3000:3000 -- config set audio_format opus
check 'whose files they are' test "$(owner data/config.json)" = 3000:3000
chmod 644 "$work/data/config.json"
not_saved() { ! harmoni --user 4000:4000 -- config set audio_format mp3 && says "config.json can't be written"; }
check 'settings that cannot be saved are said' not_saved

folders 1026:100
mkdir "$work/data/config.json"
check 'an empty folder at config.json, as Docker leaves it, gives way to the file' harmoni --version
check 'which belongs to the owner, who alone reads it' \
  test "$(stat -c '%F %u:%g %a' "$work/data/config.json")" = 'regular file 1026:100 600'
check 'and has every setting' cmp "$work/data/config.json" config.json.example
folders 1026:100
mkdir -p "$work/data/config.json/something"
a_folder() { ! harmoni --version && says '/app/data/config.json is a folder' && says 'Remove it on the host'; }
check 'any other folder there is said, with what to do' a_folder
folders 1026:100
in_container -- "${health[@]}" >/dev/null 2>&1 || true
in_container -- harmoni --version >/dev/null
check 'neither the health check nor docker exec makes the file' test ! -e "$work/data/config.json"
named() { harmoni playlists || says 'docker compose run --rm harmoni login'; }
check 'what to do is said as commands of docker compose' named

# A newer yt-dlp in the data folder, without a new image. This one is the image's, but for the version that it says.
folders 1026:100
image_says() {
  rm "$ROOTFS/usr/local/bin/yt-dlp"
  cat >"$ROOTFS/usr/local/bin/yt-dlp" <<END
#!/bin/sh
case " \$* " in *' --version '*) exec echo $1 ;; esac
exec /opt/yt-dlp/bin/yt-dlp "\$@"
END
  chmod 755 "$ROOTFS/usr/local/bin/yt-dlp"
}
uses() { harmoni doctor --json && says "days old ($1)"; }
image_says 2025.01.15
check "doctor --fix gets a yt-dlp where the image's is old" harmoni doctor --fix
check 'into the data folder' test -x "$work/data/tools/yt-dlp"
check 'which is the one that is used from then on' uses /app/data/tools/yt-dlp
image_says 2099.01.15
check 'until a newer image has a newer one' uses /usr/local/bin/yt-dlp
ln -sf /opt/yt-dlp/bin/yt-dlp "$ROOTFS/usr/local/bin/yt-dlp"
