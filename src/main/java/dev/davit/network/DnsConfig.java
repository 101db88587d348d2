package dev.davit.network;

import java.util.List;

/// How a container's resolver asks for names that are not its networks'.
///
/// @param servers IPv4 addresses, `#port` behind one if it is not 53; the host's if empty
/// @param search for the container's /etc/resolv.conf, which the caller writes
/// @param options for the same file
public record DnsConfig(List<String> servers, List<String> search, List<String> options) {
  /// The address at which a container with networks finds its resolver, UDP and TCP, port 53.
  public static final String RESOLVER = "127.0.0.11";

  /// Everything as the host has it.
  public static final DnsConfig HOST = new DnsConfig(List.of(), List.of(), List.of());

  public DnsConfig {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
  }
}
