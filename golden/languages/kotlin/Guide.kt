import com.sun.net.httpserver.HttpServer
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.statement.bodyAsText
import io.ktor.server.application.Application
import io.ktor.server.engine.embeddedServer
import kotlinx.coroutines.runBlocking
import out.ApiException

/** Has the client of the guide talk with its servers. */
fun main(): Unit = runBlocking {
    val plain = startProjects()
    val ktor = embeddedServer(io.ktor.server.cio.CIO, port = 0, host = "127.0.0.1", module = Application::projects).start()
    val port = ktor.engine.resolvedConnectors().first().port
    HttpClient(CIO).use { http ->
        check(http, plain.url())
        check(http, "http://127.0.0.1:$port/projects/")
        expect("There is no such project", message(http, "http://127.0.0.1:$port/other"))
    }
    ktor.stop(0, 0)
    plain.stop(0)
}

private fun HttpServer.url() = "http://127.0.0.1:${address.port}/projects/"

private suspend fun check(http: HttpClient, address: String) {
    expect("My project", message(http, address + "mine"))
    expect("There is no such project", message(http, address + "unknown"))
    expect("Please correct id", message(http, address))
}

private suspend fun message(http: HttpClient, address: String): String = try {
    ProjectClient(http).get(address).bodyAsText()
} catch (e: ApiException) {
    messageOf(e)
}

private fun expect(want: String, got: String) = check(want == got) { "$got, expected $want" }
