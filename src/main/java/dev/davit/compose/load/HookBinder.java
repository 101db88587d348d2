package dev.davit.compose.load;

import dev.davit.compose.Develop;
import dev.davit.compose.Develop.Action;
import dev.davit.compose.Develop.Watch;
import dev.davit.compose.Hook;
import dev.davit.compose.Provider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is run beside a service's own command: hooks, `develop`, `provider`.
final class HookBinder {
  private HookBinder() {}

  static Hook.All hooks(View service) {
    return new Hook.All(
        service.views("pre_start").stream().map(HookBinder::preStart).toList(),
        service.views("post_start").stream().map(HookBinder::hook).toList(),
        service.views("pre_stop").stream().map(HookBinder::hook).toList());
  }

  private static Hook.PreStart preStart(View hook) {
    return new Hook.PreStart(hook(hook), hook.text("image"), hook.flag("per_replica"));
  }

  private static Hook hook(View hook) {
    return new Hook(
        hook.texts("command"),
        hook.text("user"),
        hook.flag("privileged"),
        hook.text("working_dir"),
        environment(hook.at("environment")));
  }

  private static Map<String, Optional<String>> environment(View variables) {
    var environment = new LinkedHashMap<String, Optional<String>>();
    variables.mapping().keys().forEach(name -> environment.put(name, variables.text(name)));
    return environment;
  }

  static Develop develop(View develop) {
    return new Develop(develop.views("watch").stream().map(HookBinder::watch).toList());
  }

  private static Watch watch(View watch) {
    String action = watch.text("action").orElse("");
    return new Watch(
        Path.of(watch.text("path").orElse("")),
        Action.valueOf(action.replace('+', '_').toUpperCase(Locale.ROOT)),
        watch.text("target").orElse(""),
        watch.texts("ignore"),
        watch.texts("include"),
        watch.ifPresent("exec").map(HookBinder::hook),
        watch.flag("initial_sync"));
  }

  static Provider provider(View provider) {
    var options = new LinkedHashMap<String, List<String>>();
    View all = provider.at("options");
    all.mapping().keys().forEach(name -> options.put(name, all.texts(name)));
    return new Provider(provider.text("type").orElse(""), options);
  }
}
