import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Prints what javac finds in a file: see shape in languages_wire_test.go. */
public final class Shape {
  private Shape() {}

  public static void main(String[] args) throws Exception {
    String code = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, problem -> fail(problem.toString()), null, null, List.of(source(code)));
    DocTrees docs = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Parts(docs).scan(unit, null);
    }
  }

  private static void fail(String problem) {
    throw new IllegalStateException(problem);
  }

  private static SimpleJavaFileObject source(String code) {
    return new SimpleJavaFileObject(URI.create("string:///ApiErrors.java"), SimpleJavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  private static void print(String kind, String text) {
    System.out.println(kind + "\t" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Prints each node, and before it those of its comment. */
  private static final class Parts extends TreePathScanner<Void, Void> {
    private final DocTrees docs;

    Parts(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void scan(Tree tree, Void none) {
      if (tree instanceof LiteralTree literal) {
        print(tree.getKind().toString(), String.valueOf(literal.getValue()));
      } else if (tree != null) {
        print(tree.getKind().toString(), "");
      }
      return super.scan(tree, none);
    }

    @Override
    public Void visitClass(com.sun.source.tree.ClassTree tree, Void none) {
      comment();
      return super.visitClass(tree, none);
    }

    @Override
    public Void visitMethod(com.sun.source.tree.MethodTree tree, Void none) {
      comment();
      return super.visitMethod(tree, none);
    }

    @Override
    public Void visitVariable(com.sun.source.tree.VariableTree tree, Void none) {
      comment();
      return super.visitVariable(tree, none);
    }

    private void comment() {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        return;
      }
      Words words = new Words();
      words.scan(comment, null);
      print("words", words.text.toString());
    }
  }

  /** Prints the tags and the HTML of a comment, and keeps its words. */
  private static final class Words extends DocTreeScanner<Void, Void> {
    final StringBuilder text = new StringBuilder();

    @Override
    public Void scan(DocTree tree, Void none) {
      if (tree instanceof TextTree found) {
        text.append(found.getBody()).append(' ');
      } else if (tree instanceof EntityTree entity) {
        text.append(character(entity.getName().toString()));
      } else if (tree != null) {
        print("comment " + tree.getKind(), "");
      }
      return super.scan(tree, none);
    }
  
    private static String character(String entity) {
      return switch (entity) {
        case "amp" -> "&";
        case "lt" -> "<";
        case "gt" -> ">";
        case "quot" -> "\"";
        default -> Character.toString(Integer.parseInt(entity.substring(1)));
      };
    }
  }
}
