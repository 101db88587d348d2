package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The options of an endpoint in docker's words.
record EndpointOptions(Map<String, String> values) {
  private static final String SYSCTLS = "com.docker.network.endpoint.sysctls";
  private static final String NAME = "com.docker.network.endpoint.ifname";

  Optional<String> interfaceName() {
    return Optional.ofNullable(values.get(NAME)).filter(name -> !name.isEmpty());
  }

  /// Files below /proc/sys/net of the namespace, and what goes into them. Only switches of the
  /// interface itself are let through: others are of the whole container.
  Map<String, String> sysctls(String link) {
    var files = new LinkedHashMap<String, String>();
    for (String entry : values.getOrDefault(SYSCTLS, "").split(",", -1)) {
      if (!entry.isBlank()) {
        int equals = entry.indexOf('=');
        String key = entry.substring(0, Math.max(equals, 0)).strip();
        if (!key.matches("net\\.(ipv4|ipv6|mpls)\\.(conf|neigh)\\.IFNAME\\.[a-z0-9_]+")) {
          throw new DavitException(
              Kind.INVALID,
              "\"" + entry + "\" of option \"" + SYSCTLS + "\" is no switch of an interface",
              "write it like net.ipv4.conf.IFNAME.log_martians=1");
        }
        String[] words = key.split("\\.", -1);
        files.put(
            String.join("/", words[1], words[2], link, words[4]),
            entry.substring(equals + 1).strip());
      }
    }
    return files;
  }
}
