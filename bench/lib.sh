# Sourced by the scripts beside it. Everything made is below $work, every process started is ended by
# its id, and nothing outside is touched.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/davit-bench.XXXXXX")
dockerd=
export DAVIT_ROOT=$work/davit/root DAVIT_RUN=$work/davit/run

die() {
  echo "bench: $1" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

[ "$(id -u)" = 0 ] || die "needs root"
. "$home/.mvn/find-jdk.sh"
davit_find_jdk || exit 1
java=$JAVA_HOME/bin/java

# Nothing of ours stays: the engine, dockerd and its containerd, mounts, files.
clean_up() {
  set +e
  [ ! -e "$DAVIT_RUN" ] || "$home/davit" engine stop >/dev/null 2>&1
  if [ -n "$dockerd" ]; then
    kill "$dockerd" 2>/dev/null
    wait "$dockerd" 2>/dev/null
  fi
  awk -v below="$work/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
    while read -r mount; do umount -l "$mount"; done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# machine: what the figures were measured on.
machine() {
  echo "$(uname -srm), $(nproc) CPUs, load $(cut -d' ' -f1 /proc/loadavg), $(stat -fc %T "$work") below $work"
}

# A static program that containers of others can run; prints its path, or fails.
busybox() {
  for path in /bin/busybox /usr/bin/busybox; do
    if [ -x "$path" ] && ! ldd "$path" >/dev/null 2>&1; then
      echo "$path"
      return 0
    fi
  done
  return 1
}

# rootfs DIRECTORY: a root file system of busybox alone.
rootfs() {
  local program
  program=$(busybox) || return 1
  mkdir -p "$1/bin" "$1/proc" "$1/dev" "$1/sys" "$1/etc" "$1/tmp"
  cp "$program" "$1/bin/busybox"
  for name in true sh sleep; do ln -s busybox "$1/bin/$name"; done
}

# bundle DIRECTORY: an OCI bundle that runs /bin/true, for runc and crun.
bundle() {
  mkdir -p "$1"
  rootfs "$1/rootfs" || return 1
  local runtime=runc
  have runc || runtime=crun
  (cd "$1" && "$runtime" spec)
  sed -i -e 's/"terminal": true/"terminal": false/' -e 's/"sh"/"\/bin\/true"/' "$1/config.json"
}

# start_docker: a dockerd of our own with the image "bench"; sets DOCKER_HOST, or fails and says why.
start_docker() {
  have dockerd && have docker || { echo "  docker: not installed"; return 1; }
  rootfs "$work/image" || { echo "  docker: no static busybox for its image"; return 1; }
  export DOCKER_HOST=unix://$work/docker.sock
  dockerd --data-root "$work/docker" --exec-root "$work/docker-run" --pidfile "$work/docker.pid" \
    -H "$DOCKER_HOST" --iptables=false --ip6tables=false --bridge=none >"$work/dockerd.log" 2>&1 &
  dockerd=$!
  for _ in $(seq 1 300); do
    if docker version >/dev/null 2>&1; then
      tar -C "$work/image" -c . | docker import - bench >/dev/null
      echo "  docker $(docker version --format '{{.Server.Version}}'), storage $(docker info --format '{{.Driver}}')"
      return 0
    fi
    kill -0 "$dockerd" 2>/dev/null || break
    sleep 0.1
  done
  echo "  docker: dockerd does not start: $(tail -n 1 "$work/dockerd.log")"
  return 1
}

# The engine is the process that holds our directory's lock.
engine_pid() {
  for status in /proc/[0-9]*; do
    if { tr '\0' '\n' <"$status/environ"; } 2>/dev/null | grep -qx "DAVIT_ROOT=$DAVIT_ROOT" &&
      { tr '\0' ' ' <"$status/cmdline"; } 2>/dev/null | grep -q 'davit.jar'; then
      echo "${status#/proc/}"
      return 0
    fi
  done
  die "no engine process"
}

# now: microseconds. ms FROM TO: milliseconds between.
now() { echo $(($(date +%s%N) / 1000)); }
ms() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.1f", (to - from) / 1000 }'; }

# median: of the numbers on stdin.
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# bar NAME VALUE MOST UNIT: passed or failed, for the eye; the exit status is never one.
bar() {
  awk -v name="$1" -v value="$2" -v most="$3" -v unit="$4" \
    'BEGIN { printf "  %-4s %s: %s %s, bar %s\n", value <= most ? "pass" : "FAIL", name, value, unit, most }'
}

ratio() { awk -v ours="$1" -v theirs="$2" 'BEGIN { printf "%.4f", ours / theirs }'; }
