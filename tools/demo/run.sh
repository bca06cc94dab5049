#!/usr/bin/env bash
# run — serves ./data with the demo company: made through ordinary commands, on a test clock that is then released into
# real time, so that the company has a past.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly data="${HIGHSEAS_DATA:-$PWD/data}"
readonly listen="${HIGHSEAS_LISTEN:-127.0.0.1:8080}"
readonly days=35

# Only where there is nothing yet is a demo begun, and only one that we began there is ever removed.
fresh=no
if [ -e "$data/demo-unfinished" ]; then
  rm -rf "$data"
fi
if [ -z "$(ls -A "$data" 2>/dev/null)" ]; then
  fresh=yes
  mkdir -p -m 700 "$data"
  touch "$data/demo-unfinished"
elif [ ! -d "$data/log" ]; then
  echo "$data holds something else than a company's data: name an empty directory by HIGHSEAS_DATA" >&2
  exit 1
fi

clock=()
[ "$fresh" = yes ] && clock=(--test-clock "$(date -u -d "-$days days" +%Y-%m-%dT00:00:00Z)")
build/bin/highseas serve --data "$data" --listen "$listen" "${clock[@]}" &
server=$!
trap 'kill -TERM $server 2>/dev/null; wait $server' EXIT
trap 'exit 0' INT TERM

if [ "$fresh" = yes ]; then
  python3 tools/demo/demo.py --url "http://$listen" --data "$data" --days "$days"
  rm -f "$data/demo-unfinished"
else
  python3 tools/demo/demo.py --url "http://$listen" --greet
fi
wait $server
