package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.RestartPolicy;
import dev.davit.compose.RestartPolicy.Condition;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static RestartPolicy restart(String attributes) {
    return Stack.web(attributes).service().restart();
  }

  @Test
  void words() {
    assertEquals(RestartPolicy.NO, restart(""));
    assertEquals(RestartPolicy.NO, restart("restart: no"));
    assertEquals(new RestartPolicy(Condition.ALWAYS, 0), restart("restart: always"));
    assertEquals(
        new RestartPolicy(Condition.UNLESS_STOPPED, 0), restart("restart: unless-stopped"));
    assertEquals(new RestartPolicy(Condition.ON_FAILURE, 3), restart("restart: on-failure:3"));
  }

  @Test
  void deployWins() {
    assertEquals(
        restart("restart: on-failure:3"),
        restart(
            "restart: always\n"
                + "deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}"));
    assertEquals(RestartPolicy.NO, restart("deploy: {restart_policy: {condition: none}}"));
  }

  @Test
  void replicas() {
    assertEquals(1, Stack.web("").service().replicas());
    assertEquals(3, Stack.web("scale: 3").service().replicas());
    assertEquals(3, Stack.web("deploy: {replicas: '3'}").service().replicas());
    assertEquals(
        "services.web.scale: scale is 2 and deploy.replicas is 3",
        Stack.web("scale: 2\ndeploy: {replicas: 3}").error());
    assertEquals(
        "services.web.scale: invalid number of containers \"-1\"", Stack.web("scale: -1").error());
  }
}
