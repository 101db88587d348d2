# Sourced by ./davit when there is no finished build in target, or git changed files since: builds where
# sources are newer, makes the two start-up caches and leaves target/davit.env. Sets DAVIT_JAVA, or ends
# the shell with one sentence.
davit_fail() {
  echo "davit: $1" >&2
  exit 125
}

[ "$(uname -s)" = Linux ] || davit_fail "Davit needs Linux, this is \"$(uname -s)\""
[ "$(id -u)" = 0 ] || davit_fail "Davit's engine needs root, this is uid $(id -u); run it with sudo"
. "$home/.mvn/find-jdk.sh"
davit_find_jdk || exit 125
DAVIT_JAVA=$JAVA_HOME/bin/java

# Whether the jars are there and nothing that they are made of is newer.
davit_is_built() {
  [ -f "$home/target/davit.jar" ] && [ -f "$home/target/davit-client.jar" ] &&
    [ -z "$(find "$home/pom.xml" "$home/.mvn" "$home/src/main" -newer "$home/target/davit.jar")" ]
}

davit_build() {
  if [ -f "$home/target/davit.jar" ]; then
    echo "davit: building davit, its sources are newer than the last build ..." >&2
    # An engine that runs keeps its file; a build that fails must not leave the old one to be run.
    rm -f "$home/target/davit.jar"
  else
    echo "davit: building davit (first use) ..." >&2
  fi
  (cd "$home" && ./mvnw -q -DskipTests package) >"$home/target/build.log" 2>&1 </dev/null && return 0
  cat "$home/target/build.log" >&2
  davit_fail "the build failed, see above and target/build.log"
}

davit_train_client() {
  DAVIT_ROOT=$training/root DAVIT_RUN=$training_run "$DAVIT_JAVA" "@$home/src/main/jvm/client.options" \
    "-Ddavit.home=$home" "-Ddavit.engine.training=$training/engine.aot" \
    "$@" >>"$home/target/training.log" 2>&1 </dev/null
}

# Runs an engine of its own through what most commands need, and keeps what the JVM learned.
davit_train() {
  training=$(mktemp -d "${TMPDIR:-/tmp}/davit.XXXXXX") || return 1
  # In /run, a tmpfs: elsewhere older kernels need a mount for it, which would outlive the training.
  training_run=$(mktemp -d /run/davit-training.XXXXXX) || return 1
  : >"$home/target/training.log"
  for words in "version" "engine status" "up --help" "ps --all" "help" "no-such-command"; do
    davit_train_client -cp "$home/target/davit-client.jar" dev.davit.client.Client $words
  done
  # Reads and plans a stack; nothing of it is made.
  for words in "config" "plan" "--dry-run up --detach" "ps" "ls"; do
    (cd "$home/examples/shop" &&
      davit_train_client -cp "$home/target/davit-client.jar" dev.davit.client.Client $words)
  done
  davit_train_client "-XX:AOTCacheOutput=$training/client.aot" \
    -cp "$home/target/davit-client.jar" dev.davit.client.Client version
  davit_train_client -cp "$home/target/davit-client.jar" dev.davit.client.Client engine stop
  for cache in engine.aot client.aot; do
    [ ! -s "$training/$cache" ] || mv "$training/$cache" "$home/target/$cache"
  done
  rm -rf "$training" "$training_run"
}

davit_prepare() {
  if ! davit_is_built; then
    davit_build
  elif [ "$home/target/davit.env" -nt "$home/target/davit.jar" ]; then
    # Git changed other files, or somebody else built it while we waited.
    touch "$home/target/davit.env"
    return
  fi
  echo "davit: preparing fast starts ..." >&2
  davit_train
  echo "DAVIT_JAVA='$DAVIT_JAVA'" >"$home/target/davit.env"
}

mkdir -p "$home/target"
if command -v flock >/dev/null 2>&1; then
  exec 9>"$home/target/davit.lock"
  flock 9
  davit_prepare
  exec 9>&-
else
  davit_prepare
fi
