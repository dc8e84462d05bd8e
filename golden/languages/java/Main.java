import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads responses and has the client of each catalog tell what it sees, see talk in languages_test.go. */
public final class Main {
  private static final Map<String, Method> CLIENTS = new HashMap<>();

  private Main() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t");
      List<String> told = new ArrayList<>();
      tell(parts[0], Base64.getDecoder().decode(parts[1])).forEach((key, value) -> told.add(key + "=" + encoded(value)));
      out.println(String.join("\t", told));
    }
    out.flush();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> tell(String name, byte[] message) throws Exception {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\n\n");
    String[] lines = new String(message, 0, end, StandardCharsets.UTF_8).split("\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      headers.put(lines[i].split(": ", 2)[0], lines[i].split(": ", 2)[1]);
    }
    byte[] body = java.util.Arrays.copyOfRange(message, end + 2, message.length);
    return (Map<String, String>) client(name).invoke(null, Integer.parseInt(lines[0]), headers, body);
  }

  private static Method client(String name) throws Exception {
    if (!CLIENTS.containsKey(name)) {
      CLIENTS.put(name, Class.forName(name + ".Client").getMethod("tell", int.class, Map.class, byte[].class));
    }
    return CLIENTS.get(name);
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
