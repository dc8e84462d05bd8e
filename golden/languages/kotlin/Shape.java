import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.kotlin.lexer.KotlinLexer;

/** Prints what Kotlin's lexer finds in a file: see shape in languages_wire_test.go. */
public final class Shape {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");
  private static final Pattern ENTITY = Pattern.compile("&#(\\d+);");
  private static final Pattern ACTIVE = Pattern.compile("@\\w+|\\[[^\\]]*]");

  private Shape() {}

  public static void main(String[] args) throws Exception {
    KotlinLexer lexer = new KotlinLexer();
    lexer.start(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    StringBuilder literal = new StringBuilder();
    String before = "";
    boolean isJson = false;
    boolean isForPeople = false; // in @Deprecated(…)
    for (; lexer.getTokenType() != null; lexer.advance()) {
      String kind = lexer.getTokenType().toString();
      String text = lexer.getTokenText();
      switch (kind) {
        case "WHITE_SPACE":
          continue;
        case "EOL_COMMENT", "BLOCK_COMMENT", "DOC_COMMENT", "KDoc":
          comment(text);
          break;
        case "OPEN_QUOTE":
          literal.setLength(0);
          isJson = before.endsWith("Json(");
          isForPeople |= before.endsWith("@Deprecated(");
          break;
        case "REGULAR_STRING_PART":
          literal.append(text);
          break;
        case "ESCAPE_SEQUENCE":
          literal.append(unescaped(text));
          break;
        case "CLOSING_QUOTE":
          print(isForPeople ? "words" : "text", isJson ? fromJson(literal.toString()) : literal.toString());
          break;
        default:
          isForPeople &= !kind.equals("RPAR");
          print(kind, "");
      }
      before += text;
      before = before.substring(Math.max(0, before.length() - 20));
    }
  }

  /** Prints the tags and links of a comment, and its words. */
  private static void comment(String text) {
    Matcher active = ACTIVE.matcher(text);
    while (active.find()) {
      print("comment " + active.group().charAt(0), "");
    }
    print("words", ENTITY.matcher(text).replaceAll(e -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(e.group(1))))));
  }

  private static String fromJson(String json) {
    return json.startsWith("\"") ? unescaped(json.substring(1, json.length() - 1)) : json;
  }

  private static String unescaped(String text) {
    return ESCAPE.matcher(text).replaceAll(e -> Matcher.quoteReplacement(escape(e.group(1), e.group(2))));
  }

  private static String escape(String code, String letter) {
    if (code != null) {
      return String.valueOf((char) Integer.parseInt(code, 16));
    }
    int known = "nrtbf".indexOf(letter);
    return known < 0 ? letter : String.valueOf("\n\r\t\b\f".charAt(known));
  }

  private static void print(String kind, String text) {
    System.out.println(kind + "\t" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
