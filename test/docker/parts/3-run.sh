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

folders 0:0
touch "$work/music/song.mp3"
check "a music folder with somebody's files starts too" harmoni --version
check 'is left as it is' test "$(owner music) $(owner music/song.mp3)" = '0:0 0:0'
said() { harmoni --version && says 'cannot write to /app/music, which belongs to 0:0' && says 'Set PUID and PGID'; }
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
not_saved() { ! harmoni --user 4000:4000 -- config set audio_format mp3 && says 'config.json cannot be written'; }
check 'settings that cannot be saved are said' not_saved

# An own yt-dlp in the data folder, without a new image.
folders 1026:100
in_container --user 0 -- rm /usr/local/bin/yt-dlp
check 'doctor --fix gets a yt-dlp' harmoni doctor --fix
check 'into the data folder' test -x "$work/data/tools/yt-dlp"
in_container --user 0 -- ln -s /opt/yt-dlp/bin/yt-dlp /usr/local/bin/yt-dlp
