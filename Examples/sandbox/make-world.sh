#!/usr/bin/env bash
# Makes the sandbox's world in a new folder.
#
# usage: make-world.sh DIR [SHARE]
#   DIR    the folder to make; it must not exist, or be empty
#   SHARE  the folder with tasks/, validations/ and Examples/sandbox/ (default: two above this script)
#
# stdout, one a line:  world=… clone=… remote=… base=… agent_port=… node_port=…
# exit: 0 made, 2 wrong usage or DIR is in use, 5 something is missing or broke (nothing is left behind)
set -euo pipefail
umask 077

fail() {
  printf 'failed to make the sandbox: %s\n' "$2" >&2
  exit "$1"
}

(($# == 1 || $# == 2)) || fail 2 'usage: make-world.sh DIR [SHARE]'
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
share=$(cd "${2:-$here/../..}" && pwd) || fail 2 "there is no folder \"${2-}\"; give the one that holds tasks/"
for tool in git openssl python3; do
  command -v "$tool" >/dev/null || fail 5 "\"$tool\" is not installed; install it, then try again"
done
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail 5 'python3 is older than 3.10; install a newer one'
for part in tasks validations Examples/sandbox/clone/waybill.yaml; do
  [[ -e $share/$part ]] || fail 5 "\"$share/$part\" is missing; name the folder that has it as second argument"
done
if [[ -e $1 ]]; then
  [[ -d $1 && -z $(ls -A "$1") ]] || fail 2 "\"$1\" exists and is not empty; remove it or choose another folder"
fi
existed=false
if [[ -d $1 ]]; then
  existed=true
  target=$(cd "$1" && pwd)
else
  mkdir -p "$(dirname "$1")"
  target=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
fi

# Built beside its place and renamed at the end: a world is complete or not there.
world=$(mktemp -d "$target.making.XXXXXX")
trap 'rm -rf "$world"' EXIT

cp -R "$share/Examples/sandbox/clone" "$share/Examples/sandbox/node" "$share/Examples/sandbox/coding-agent" "$world/"
cp -R "$share/tasks" "$share/validations" "$world/clone/"
cp "$share/Examples/sandbox/README.md" "$world/"
find "$world" -name __pycache__ -prune -exec rm -rf {} +

"$world/node/make-ca.sh" "$world/node/certs"
mkdir "$world/secrets"
openssl rand -hex 24 >"$world/secrets/api-token"
python3 -c 'import uuid; print(uuid.uuid4())' >"$world/secrets/pve-token-secret"

# Below the range from which the system gives out ports by itself: there a probe can connect to itself.
read -r agent_port node_port < <(
  python3 - $$ <<'END'
import socket, sys

first, last = 20000, 32700
free = []
for step in range(last - first):
    port = first + (int(sys.argv[1]) * 7 + step) % (last - first)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    free.append(port)
    if len(free) == 2:
        print(*free)
        sys.exit()
sys.exit("no two free ports from 20000 to 32699")
END
) || fail 5 'no two free ports were found'
for file in clone/waybill.yaml clone/config.json node/node.json; do
  sed -i.old -e "s/18080/$agent_port/g" -e "s/18006/$node_port/g" "$world/$file"
  rm "$world/$file.old"
done

# Replays and parallel runs have working trees elsewhere, from which ../ leads to another place.
python3 - "$target" "$world/clone/waybill.yaml" "$world/clone/config.json" <<'END'
import json, re, sys

world, *files = sys.argv[1:]
for name in files:
    with open(name, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(
        r'"?(?<![\w/])\.\./((?:node|coding-agent)/[\w./-]+)"?',
        lambda found: json.dumps(f"{world}/{found[1]}", ensure_ascii=False), text)
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
END

# What the user's own git configuration says (hooks, signing, ignores) is no part of this world.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
git init --quiet --bare --initial-branch=main "$world/remote.git"
repository() { git -C "$world/clone" "$@"; }
repository init --quiet --initial-branch=main
repository config user.name 'Waybill Sandbox'
repository config user.email sandbox@waybill.example
repository config commit.gpgsign false
repository config core.hooksPath .git/hooks
repository remote add origin ../remote.git
repository add --all
repository commit --quiet --message 'A small agent, its backlog and its validations'
repository push --quiet --set-upstream origin main
base=$(repository rev-parse HEAD)

if $existed; then
  # Somebody may stand in that folder, so it stays the folder it was.
  mv "$world"/* "$target/"
  rmdir "$world"
else
  mv -T "$world" "$target"
fi
trap - EXIT
cat <<END
world=$target
clone=$target/clone
remote=$target/remote.git
base=$base
agent_port=$agent_port
node_port=$node_port
END
