package dev.davit.compose.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.LoadResult;
import dev.davit.test.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposeWriterTest {
  private static final String SHOP =
      """
      x-common: &common
        restart: unless-stopped
        environment: &env
          LANG: C.UTF-8
          PRICE: 5$$
      services:
        web:
          <<: *common
          image: davit/host
          command: java -cp /app Web
          ports: ["8080:80", "127.0.0.1:9000-9001:90-91/udp"]
          volumes: [./app:/app:ro, data:/data]
          depends_on:
            store:
              condition: service_healthy
          networks: [front, back]
          cpus: "0.50"
          mem_limit: 64m
          stop_grace_period: 90s
        store:
          <<: *common
          image: davit/host
          environment: [A=no, "B=22:22", C=]
          healthcheck:
            test: test -e /data/ready
            interval: 1s
          tmpfs: /run
          networks: {back: {aliases: [db]}}
        debug:
          image: davit/host
          profiles: [dev]
      networks:
        front:
        back: {internal: true}
      volumes:
        data: {labels: [a=b]}
        unused:
      """;

  private static LoadResult load(String text) {
    return ComposeLoader.load(
        new LoadRequest(
            Path.of("/srv/shop"),
            Map.of(),
            List.of("-"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            () -> text,
            LoadOptions.ALL));
  }

  @Test
  void printsYaml() {
    Golden.check("compose/config.yaml", ComposeWriter.yaml(load(SHOP).model()));
  }

  @Test
  void printsJson() {
    Golden.check("compose/config.json", ComposeWriter.json(load(SHOP).model()));
  }

  /// docker compose doubles the dollars of keys too, where nobody halves them again.
  @Test
  void dollarsOfKeysStayAsTheyAre() {
    String text = ComposeWriter.yaml(load("services: {a: {image: i, x-$: 5$$}}").model());
    assertEquals(true, text.contains("    x-$: 5$$\n"), text);
  }

  @Test
  void whatIsPrintedIsTheSameProject() {
    LoadResult first = load(SHOP);
    LoadResult second = load(ComposeWriter.yaml(first.model()));
    assertEquals(first.project().services(), second.project().services());
    assertEquals(first.project().networks(), second.project().networks());
    assertEquals(first.project().volumes(), second.project().volumes());
    assertEquals(ComposeWriter.yaml(first.model()), ComposeWriter.yaml(second.model()));
    assertEquals(
        first.project().services(), load(ComposeWriter.json(first.model())).project().services());
  }
}
