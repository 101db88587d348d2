package dev.davit.compose.load;

import dev.davit.compose.ConfigDefinition;
import dev.davit.compose.Content;
import dev.davit.compose.Given;
import dev.davit.compose.Grant;
import dev.davit.compose.ModelDefinition;
import dev.davit.compose.ModelUse;
import dev.davit.compose.SecretDefinition;
import dev.davit.compose.text.Numbers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Secrets, configs and language models: of the project, and what services are given of them.
final class GivenBinder {
  private GivenBinder() {}

  static Given bind(View service) {
    return new Given(
        grants(service, "secrets", "/run/secrets/"),
        grants(service, "configs", "/"),
        models(service.at("models")));
  }

  /// @param directory where a target that is not absolute is
  static List<Grant> grants(View owner, String attribute, String directory) {
    return owner.views(attribute).stream().map(it -> grant(it, directory)).toList();
  }

  private static Grant grant(View grant, String directory) {
    String source = grant.text("source").orElse("");
    return new Grant(
        source,
        target(grant, directory),
        grant.text("uid"),
        grant.text("gid"),
        grant.text("mode").stream().mapToInt(Numbers::octal).findFirst());
  }

  static String target(View grant, String directory) {
    String target = grant.text("target").or(() -> grant.text("source")).orElse("");
    return target.startsWith("/") ? target : directory + target;
  }

  private static Map<String, ModelUse> models(View all) {
    var models = new LinkedHashMap<String, ModelUse>();
    for (String key : all.mapping().keys()) {
      View use = all.at(key);
      ModelUse usual = ModelUse.of(key);
      models.put(
          key,
          new ModelUse(
              use.text("endpoint_var").orElse(usual.endpointVariable()),
              use.text("model_var").orElse(usual.modelVariable())));
    }
    return models;
  }

  static SecretDefinition secret(String key, View secret, Context context) {
    return new SecretDefinition(
        key,
        secret.text("name").orElse(key),
        secret.flag("external"),
        content(secret, context),
        secret.text("driver"),
        secret.map("driver_opts"),
        secret.text("template_driver"),
        ServiceBinder.labels(secret, "labels"));
  }

  static ConfigDefinition config(String key, View config, Context context) {
    return new ConfigDefinition(
        key,
        config.text("name").orElse(key),
        config.flag("external"),
        content(config, context),
        config.text("template_driver"),
        ServiceBinder.labels(config, "labels"));
  }

  private static Content content(View definition, Context context) {
    Optional<Content> file = definition.text("file").map(it -> new Content.OfFile(Path.of(it)));
    return file.or(() -> definition.text("content").map(Content.OfText::new))
        .or(() -> definition.text("environment").map(it -> variable(it, definition, context)))
        .orElseGet(Content.Elsewhere::new);
  }

  // It means what it means in the file that names it.
  private static Content variable(String name, View definition, Context context) {
    Environment environment =
        context
            .candidates()
            .included(definition.mapping().get("environment").orElseThrow().place())
            .orElse(context.files().environment());
    return new Content.OfVariable(name, Optional.ofNullable(environment.values().get(name)));
  }

  static ModelDefinition model(String key, View model) {
    return new ModelDefinition(
        key,
        model.text("name"),
        model.text("model").orElse(""),
        model.whole("context_size"),
        model.texts("runtime_flags"));
  }
}
