import static out.ApiErrors.*;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;

/** Has the client of the guide talk with its server. */
final class Guide {
  private Guide() {}

  public static void main(String[] args) throws Exception {
    HttpServer server = ProjectServer.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/projects/");
    try {
      expect("There is no such project", message(address.resolve("unknown")));
      expect("Please correct id", message(address));
    } finally {
      server.stop(0);
    }
  }

  private static String message(URI address) throws Exception {
    try {
      new ProjectClient().get(address);
      return "";
    } catch (ApiException e) {
      return Messages.of(e);
    }
  }

  private static void expect(String want, String got) {
    if (!want.equals(got)) {
      throw new AssertionError(got);
    }
  }
}
