package dev.davit.cli.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/// What a new container is to be like, in the options of `docker run`.
record RunOptions(
    @Option(description = "Add a custom host-to-IP mapping (host:ip)") List<String> addHost,
    @Option(description = "Add Linux capabilities") List<String> capAdd,
    @Option(description = "Drop Linux capabilities") List<String> capDrop,
    @Option(description = "Cgroup namespace to use (host|private)") @Nullable String cgroupns,
    @Option(shortName = 'c', description = "CPU shares (relative weight)")
        @Nullable String cpuShares,
    @Option(description = "Number of CPUs") @Nullable String cpus,
    @Option(description = "CPUs in which to allow execution (0-3, 0,1)")
        @Nullable String cpusetCpus,
    @Option(description = "Add a host device to the container") List<String> device,
    @Option(description = "Set custom DNS servers") List<String> dns,
    @Option(description = "Set DNS options") List<String> dnsOption,
    @Option(description = "Set custom DNS search domains") List<String> dnsSearch,
    @Option(description = "Container NIS domain name") @Nullable String domainname,
    @Option(description = "Overwrite the default ENTRYPOINT of the image")
        @Nullable String entrypoint,
    @Option(shortName = 'e', description = "Set environment variables") List<String> env,
    @Option(description = "Read in a file of environment variables") List<String> envFile,
    @Option(description = "Expose a port or a range of ports") List<String> expose,
    @Option(description = "Add additional groups to join") List<String> groupAdd,
    @Option(description = "Command to run to check health") @Nullable String healthCmd,
    @Option(description = "Time between running the check") @Nullable String healthInterval,
    @Option(description = "Consecutive failures needed to report unhealthy")
        @Nullable Integer healthRetries,
    @Option(description = "Start period before failures count") @Nullable String healthStartPeriod,
    @Option(description = "Maximum time to allow one check to run") @Nullable String healthTimeout,
    @Option(shortName = 'h', description = "Container host name") @Nullable String hostname,
    @Option(description = "Run an init that forwards signals and reaps processes") boolean init,
    @Option(shortName = 'i', description = "Keep STDIN open even if not attached")
        boolean interactive,
    @Option(description = "IPv4 address") @Nullable String ip,
    @Option(description = "IPC mode to use") @Nullable String ipc,
    @Option(shortName = 'l', description = "Set meta data") List<String> label,
    @Option(description = "Logging driver (json-file|none)") @Nullable String logDriver,
    @Option(description = "Log driver options") List<String> logOpt,
    @Option(description = "Container MAC address") @Nullable String macAddress,
    @Option(shortName = 'm', description = "Memory limit") @Nullable String memory,
    @Option(description = "Memory soft limit") @Nullable String memoryReservation,
    @Option(description = "Swap limit equal to memory plus swap") @Nullable String memorySwap,
    @Option(description = "Assign a name to the container") @Nullable String name,
    @Option(description = "Connect to a network (NAME|host|none|container:NAME)")
        List<String> network,
    @Option(description = "Add a network-scoped name") List<String> networkAlias,
    @Option(longName = "no-healthcheck", description = "Disable the image's HEALTHCHECK")
        boolean noHealthcheck,
    @Option(description = "Tune the host's OOM preferences (-1000 to 1000)")
        @Nullable Integer oomScoreAdj,
    @Option(description = "PID namespace to use") @Nullable String pid,
    @Option(description = "Limit of processes and threads") @Nullable Integer pidsLimit,
    @Option(description = "Give extended privileges to the container") boolean privileged,
    @Option(description = "Platform of the image, such as linux/arm64") @Nullable String platform,
    @Option(shortName = 'p', description = "Publish a port to the host") List<String> publish,
    @Option(description = "Pull the image first (always|missing|never)") @Nullable String pull,
    @Option(shortName = 'q', description = "Pull without progress") boolean quiet,
    @Option(description = "Mount the root filesystem as read only") boolean readOnly,
    @Option(description = "Restart policy (no|always|unless-stopped|on-failure[:N])")
        @Nullable String restart,
    @Option(longName = "rm", description = "Remove the container when it has ended") boolean remove,
    @Option(description = "Security options") List<String> securityOpt,
    @Option(description = "Size of /dev/shm") @Nullable String shmSize,
    @Option(description = "Signal to stop the container") @Nullable String stopSignal,
    @Option(description = "Seconds between stop signal and SIGKILL") @Nullable Integer stopTimeout,
    @Option(description = "Sysctl options") List<String> sysctl,
    @Option(description = "Mount a tmpfs directory") List<String> tmpfs,
    @Option(shortName = 't', description = "Allocate a pseudo-TTY") boolean tty,
    @Option(description = "Ulimit options (nofile=1024:2048)") List<String> ulimit,
    @Option(shortName = 'u', description = "Username or UID") @Nullable String user,
    @Option(description = "UTS namespace to use") @Nullable String uts,
    @Option(shortName = 'v', description = "Bind mount a volume") List<String> volume,
    @Option(shortName = 'w', description = "Working directory inside the container")
        @Nullable String workdir) {}
