import java.io.PrintStream
import java.lang.reflect.Method
import java.util.Base64

/** Reads responses and has the client of each catalog tell what it sees, see talk in languages_test.go. */
fun main() {
    val clients = mutableMapOf<String, Method>()
    val out = PrintStream(System.out, false)
    for (line in generateSequence(::readlnOrNull)) {
        val (name, coded) = line.split("\t")
        val message = Base64.getDecoder().decode(coded)
        val end = message.toString(Charsets.ISO_8859_1).indexOf("\n\n")
        val lines = message.copyOf(end).decodeToString().split("\n")
        val headers = lines.drop(1).associate { it.substringBefore(": ") to it.substringAfter(": ") }
        val client = clients.getOrPut(name) {
            val types = arrayOf(Int::class.java, Map::class.java, ByteArray::class.java)
            Class.forName("$name.Client").getMethod("tell", *types)
        }
        val told = client.invoke(null, lines[0].toInt(), headers, message.copyOfRange(end + 2, message.size)) as Map<*, *>
        out.println(told.entries.joinToString("\t") { (key, value) -> "$key=${encoded(value as String)}" })
    }
    out.flush()
}

private fun encoded(text: String): String = Base64.getEncoder().encodeToString(text.encodeToByteArray())
