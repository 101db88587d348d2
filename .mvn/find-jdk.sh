# Sets JAVA_HOME to a JDK 25 or newer; sourced by ./davit and ./mvnw.
# Looks at JAVA_HOME, then where distributions, SDKMAN and macOS-style installers put JDKs, then at PATH.
davit_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  davit_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${davit_version:-0}" -ge 25 ]
}

davit_find_jdk() {
  davit_path_javac=$(command -v javac 2>/dev/null || true)
  [ -z "$davit_path_javac" ] || davit_path_javac=$(readlink -f "$davit_path_javac")
  for davit_home in "${JAVA_HOME:-}" "${davit_path_javac%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/*; do
    if [ -n "$davit_home" ] && davit_is_jdk25 "$davit_home"; then
      JAVA_HOME=$davit_home
      export JAVA_HOME
      return 0
    fi
  done
  echo "davit: no JDK 25 or newer found; install one (Debian: temurin-25-jdk or openjdk-25-jdk-headless) or set JAVA_HOME" >&2
  return 1
}
