package dev.davit.compose.write;

import dev.davit.compose.tree.PathTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// In which order docker compose prints the keys of each object, and which it leaves out. What has
/// no row is a map of names: all of it is printed, in the order of the alphabet.
final class Layout {
  /// One line an object. Behind a key stands when it is printed, other than when it says something:
  /// `?` whenever it was written, `!` in JSON even as null, `{}` in JSON even if empty, `~` unless
  /// its text is a zero, `+` unless it is true. `=` stands for its object where it is all that the
  /// object says; `%` is a number of single precision; `^` is a list to be sorted.
  private static final String ROWS =
      """
      networks.*: name driver driver_opts'' ipam{} external internal attachable labels'' \
      enable_ipv4? enable_ipv6?
      networks.*.ipam: driver config options''
      networks.*.ipam.config.*: subnet gateway ip_range aux_addresses''
      volumes.*: name driver driver_opts'' external labels''
      secrets.*: name file environment content external labels'' driver driver_opts'' template_driver
      configs.*: name file environment content external labels'' driver driver_opts'' template_driver
      models.*: name model context_size runtime_flags

      services.*: profiles annotations'' attach? build? develop? blkio_config? cap_add cap_drop \
      cgroup_parent cgroup cpu_count cpu_percent% cpu_period cpu_quota cpu_rt_period \
      cpu_rt_runtime cpus% cpuset cpu_shares command! configs container_name credential_spec? \
      depends_on deploy? device_cgroup_rules devices dns dns_opt dns_search domainname \
      entrypoint! provider? environment env_file expose extends? external_links extra_hosts^ \
      group_add gpus hostname healthcheck? image init? ipc isolation labels'' label_file links \
      logging? mem_limit~ mem_reservation~ memswap_limit~ mem_swappiness~ mac_address models \
      network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports \
      privileged pull_policy pull_refresh_after read_only restart runtime scale? secrets \
      security_opt shm_size~ stdin_open stop_grace_period? stop_signal storage_opt'' sysctls'' tmpfs \
      tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir pre_start \
      post_start pre_stop

      services.*.blkio_config: weight weight_device device_read_bps device_read_iops \
      device_write_bps device_write_iops
      services.*.blkio_config.weight_device.*: path? weight?
      services.*.blkio_config.device_read_bps.*: path? rate?
      services.*.blkio_config.device_read_iops.*: path? rate?
      services.*.blkio_config.device_write_bps.*: path? rate?
      services.*.blkio_config.device_write_iops.*: path? rate?

      services.*.build: context dockerfile dockerfile_inline entitlements args provenance sbom \
      ssh labels'' cache_from cache_to no_cache no_cache_filter additional_contexts pull \
      extra_hosts^ isolation network target secrets shm_size~ tags ulimits platforms privileged
      services.*.build.secrets.*: source target uid gid mode?
      services.*.build.ulimits.*: single soft? hard?

      services.*.configs.*: source target uid gid mode?
      services.*.secrets.*: source target uid gid mode?
      services.*.credential_spec: config file registry
      services.*.depends_on.*: condition restart required?

      services.*.deploy: mode replicas? labels'' update_config? rollback_config? resources{} \
      restart_policy? placement{} endpoint_mode
      services.*.deploy.update_config: parallelism? delay~ failure_action monitor~ \
      max_failure_ratio% order
      services.*.deploy.rollback_config: parallelism? delay~ failure_action monitor~ \
      max_failure_ratio% order
      services.*.deploy.resources: limits? reservations?
      services.*.deploy.resources.limits: cpus% memory~ pids devices generic_resources
      services.*.deploy.resources.reservations: cpus% memory~ pids devices generic_resources
      services.*.deploy.resources.reservations.devices.*: capabilities driver count device_ids \
      options''
      services.*.deploy.resources.reservations.generic_resources.*: discrete_resource_spec?
      services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec: \
      kind? value?
      services.*.deploy.restart_policy: condition delay? max_attempts? window?
      services.*.deploy.placement: constraints preferences max_replicas_per_node
      services.*.deploy.placement.preferences.*: spread

      services.*.develop: watch
      services.*.develop.watch.*: path action target exec{} include ignore initial_sync
      services.*.develop.watch.*.exec: command! user privileged working_dir environment
      services.*.devices.*: source target permissions
      services.*.env_file.*: path= required+ format
      services.*.extends: file service
      services.*.gpus.*: capabilities driver count device_ids options''
      services.*.healthcheck: test timeout? interval? retries? start_period? start_interval? \
      disable
      services.*.logging: driver options''
      services.*.models.*: endpoint_var model_var
      services.*.networks.*: aliases driver_opts'' gw_priority interface_name ipv4_address \
      ipv6_address link_local_ips mac_address priority
      services.*.ports.*: name mode host_ip target published protocol app_protocol
      services.*.pre_start.*: command! image user privileged working_dir environment per_replica
      services.*.post_start.*: command! user privileged working_dir environment
      services.*.pre_stop.*: command! user privileged working_dir environment
      services.*.provider: type options
      services.*.ulimits.*: single soft? hard?

      services.*.volumes.*: type source target read_only consistency bind? volume? tmpfs? image?
      services.*.volumes.*.bind: selinux propagation create_host_path? recursive
      services.*.volumes.*.volume: labels'' nocopy subpath
      services.*.volumes.*.tmpfs: size~ mode
      services.*.volumes.*.image: subpath
      """;

  /// What a hash sees otherwise.
  private static final String HASHED_ROWS =
      """
      services.*.blkio_config.weight_device.*: Path? Weight?
      services.*.blkio_config.device_read_bps.*: Path? Rate?
      services.*.blkio_config.device_read_iops.*: Path? Rate?
      services.*.blkio_config.device_write_bps.*: Path? Rate?
      services.*.blkio_config.device_write_iops.*: Path? Rate?
      services.*.ulimits.*: single soft hard
      services.*.volumes.*.bind: selinux propagation create_host_path recursive
      """;

  /// When a key is printed.
  enum Print {
    IF_IT_SAYS_SOMETHING(""),
    IF_WRITTEN("?"),
    IN_JSON_ALSO_NULL("!"),
    IN_JSON_ALSO_EMPTY("{}"),
    UNLESS_ZERO("~"),
    UNLESS_TRUE("+"),
    ALONE_THE_OBJECT("="),
    SINGLE_PRECISION("%"),
    SORTED("^"),
    TEXTS("''");

    private final String mark;

    Print(String mark) {
      this.mark = mark;
    }

    /// Whether JSON has what is not there.
    boolean alsoAbsent() {
      return this == IN_JSON_ALSO_NULL || this == IN_JSON_ALSO_EMPTY;
    }
  }

  record Field(String key, Print print) {
    private static Field parse(String word) {
      String key = word.replaceFirst("[^a-zA-Z0-9_]+$", "");
      String mark = word.substring(key.length());
      Print print =
          Stream.of(Print.values()).filter(it -> it.mark.equals(mark)).findFirst().orElseThrow();
      return new Field(key, print);
    }
  }

  static final PathTable<List<Field>> TABLE = PathTable.of(rows(ROWS));

  static final PathTable<List<Field>> HASHED = PathTable.of(rows(ROWS + HASHED_ROWS));

  /// The fields of the model itself.
  static final List<Field> ROOT = fields("name services? networks volumes secrets configs models");

  private Layout() {}

  private static Map<String, List<Field>> rows(String text) {
    return text.lines()
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(":\\s*", 2))
        .collect(Collectors.toMap(row -> row[0], row -> fields(row[1]), (_, later) -> later));
  }

  private static List<Field> fields(String words) {
    var fields = new ArrayList<Field>();
    Stream.of(words.split("\\s+")).map(Field::parse).forEach(fields::add);
    return List.copyOf(fields);
  }
}
