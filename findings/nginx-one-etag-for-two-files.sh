#!/bin/sh
# nginx 1.22.1: two states of a file that were written within one second and are of one size get the same strong ETag.
#
# Guess: an ETag without `W/` is a strong validator (RFC 9110, 8.8.1): another byte, another tag. So a client that sends
#        If-None-Match is sent whatever changed.
# Seen: the tag is the second of the file's mtime and its size, in hexadecimal. A file that is replaced, by a rename too,
#       within the second and with as many bytes keeps its tag: the client that has the first state is told 304 for ever,
#       and so is every cache between. mtime's nanoseconds, which the system keeps, take no part in it.
# dimchat writes what stands look at (channel.signed, mostly of one size) in another second each time.
set -eu
folder=$(mktemp -d); chmod 755 "$folder"; mkdir "$folder/site"; chmod 755 "$folder/site"
trap 'kill "$(cat "$folder/pid")" 2>/dev/null || true; rm -rf "$folder"' EXIT
# Debian 12's package, unpacked there: nothing of it is installed, and no service starts.
(cd "$folder" && apt-get download -q nginx=1.22.1-9+deb12u11 >/dev/null 2>&1 && dpkg -x nginx_*.deb unpacked) || { echo "needs Debian 12"; exit 1; }
nginx=$folder/unpacked/usr/sbin/nginx
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$folder/nginx.conf" <<N
pid $folder/pid; error_log $folder/errors; events {}
http { access_log off; client_body_temp_path $folder; proxy_temp_path $folder; fastcgi_temp_path $folder;
       uwsgi_temp_path $folder; scgi_temp_path $folder; server { listen 127.0.0.1:$port; root $folder/site; } }
N
"$nginx" -v 2>&1; "$nginx" -p "$folder" -c "$folder/nginx.conf"
put() { printf '%s\n' "$1" > "$folder/site/.new"; touch -d "2026-11-30 12:00:00.$2" "$folder/site/.new"; mv "$folder/site/.new" "$folder/site/channel"; }
tag() { curl -sI "http://127.0.0.1:$port/channel" | tr -d '\r' | sed -n 's/^ETag: //p'; }
for _ in 1 2 3 4 5 6 7 8 9 10; do curl -s "http://127.0.0.1:$port/" >/dev/null && break; sleep 0.2; done
put "version 1" 100; first=$(tag)
put "version 2" 900; second=$(tag)
status=$(curl -s -o /dev/null -w '%{http_code}' -H "If-None-Match: $first" "http://127.0.0.1:$port/channel")
body=$(curl -s "http://127.0.0.1:$port/channel")
echo "version 1 has the ETag  $first"
echo "version 2 has the ETag  $second"
echo "with If-None-Match of the first: $status; without: $body"
[ "$first" = "$second" ] && [ "$status" = 304 ] && [ "$body" = "version 2" ] || exit 1
case $first in W/*) exit 1;; esac
echo "as found"
