# shellcheck shell=bash disable=SC2154,SC2034
# The network
# The stand-in of Spotify is inside, where loopback is the container's; the browser's way back comes from outside.
check 'a network as Docker makes it' make_network
coproc spotify { in_network node "$here/../e2e/programs/spotify-inside.ts"; }
read -r -t 20 spotify_url <&"${spotify[0]}"
to_spotify=(-e "HARMONI_SPOTIFY_ACCOUNTS_URL=$spotify_url" -e "HARMONI_SPOTIFY_API_URL=$spotify_url" -e SPOTIFY_CLIENT_ID=demo-client)
signing_in=$work/signing-in

# Begins harmoni login, agrees at Spotify, and follows its answer through the published port.
begin_login() {
  : >"$signing_in"
  ip netns exec "$network" timeout 60 "$here/enter.sh" "$@" "${to_spotify[@]}" login </dev/null >"$signing_in" 2>&1 &
  login=$!
  tells "$signing_in" /authorize
  echo "approve $(grep -om 1 'http.*/authorize.*' "$signing_in")" >&"${spotify[1]}"
  read -r -t 20 way_back <&"${spotify[0]}"
}
comes_back() {
  curl -sS --max-time 20 --connect-to "127.0.0.1:8888:$inside:8888" "$way_back" && tells "$work/said" "You&#39;re signed in"
}
status() { in_network "$here/enter.sh" "${to_spotify[@]}" status --json && says '"signedIn": true'; }

folders 1026:100
begin_login
check 'harmoni login: the browser reaches the callback through the published port' comes_back
check 'and it ends well' wait "$login"
check 'the token belongs to the owner of the data folder, who alone reads it' \
  test "$(stat -c '%u:%g %a' "$work/data/spotify_tokens.json")" = '1026:100 600'
check 'harmoni status: signed in' status

folders 1026:100
begin_login --user 4000:4000
check 'a sign-in that cannot be saved works too' comes_back
check 'for this start' wait "$login"
check 'which is said' grep -F "you'll have to sign in at every start" "$signing_in"
check 'and no token is left' test ! -e "$work/data/spotify_tokens.json"

# The service of docker-compose.yml, with what a person has in .env: service NAME=VALUE...
service() {
  env "$@" docker-compose --profile auth-server config | "$work/lint/bin/python" -c '
import shlex, sys, ruamel.yaml
service = ruamel.yaml.YAML(typ="safe").load(sys.stdin)["services"]["auth-server"]
environment = [word for item in service["environment"].items() for word in ("-e", "=".join(item))]
print(shlex.join(environment + service["command"]))
print(shlex.join(service["healthcheck"]["test"][1:]))'
}
serving=$work/serving command=() healthcheck=() server=
start_service() {
  local lines
  mapfile -t lines < <(service "$@")
  eval "command=(${lines[0]}) healthcheck=(${lines[1]})"
  : >"$serving"
  ip netns exec "$network" "$here/enter.sh" "${command[@]}" </dev/null >"$serving" 2>&1 &
  server=$!
}
healthy() { in_network chroot "$ROOTFS" "${healthcheck[@]}"; }
unhealthy() { ! healthy; }
# Docker sends the signal to the first process of the container.
stops() {
  kill -TERM "$(pgrep -P "$server")"
  timeout 5 tail --pid="$server" -f /dev/null && wait "$server"
}
stops_as_it_is() { stops || [ $? = 143 ]; }
says_once() { cat "$serving" && [ "$(grep -cF -- "$1" "$serving")" = 1 ] && [ "$(wc -l <"$serving")" = "$2" ]; }

start_service HARMONI_AUTH_SERVER_URL=https://pair.example.org SPOTIFY_CLIENT_ID=id
check 'auth-server: the service of docker-compose.yml serves' tells "$serving" 'is running on 0.0.0.0, port 8889'
check 'its published port answers' curl -sS --fail --max-time 10 "http://$inside:8889/healthz"
check 'its health check passes' healthy
check 'docker compose stop: it ends at once, with code 0' stops
check 'then the health check does not pass' unhealthy

start_service HARMONI_AUTH_SERVER_URL= SPOTIFY_CLIENT_ID=id
check 'without HARMONI_AUTH_SERVER_URL it waits' tells "$serving" 'The server waits until you fix that.'
check 'and says what to set' says_once 'Set HARMONI_AUTH_SERVER_URL' 3
check 'docker compose stop ends that too' stops_as_it_is
start_service HARMONI_AUTH_SERVER_URL=https://pair.example.org
check 'without a client id as well' tells "$serving" 'The server waits until you fix that.'
stops || true
kill "$spotify_PID"
